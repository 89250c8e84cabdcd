import { NetproofError } from '../core/diagnostics/errors.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { buildRun } from '../core/result/build-run.ts';
import { buildScenario, deservesRerun, mergeRerun } from '../core/result/build-scenario.ts';
import { buildStep } from '../core/result/build-step.ts';
import type { RunResult, ScenarioResult, StepResult } from '../core/result/result.ts';
import { stepChanges } from '../core/result/step-changes.ts';
import { needsOf } from '../core/scenario/needs.ts';
import type { Change, Scenario } from '../core/scenario/scenario.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster, ClusterInfo } from '../ports/cluster.ts';
import type { Machinery } from '../ports/machinery.ts';
import type { Prober } from '../ports/prober.ts';
import type { RunEvents } from '../ports/run-events.ts';
import type { Workloads } from '../ports/workloads.ts';
import { removeNamespaces } from './cleanup.ts';
import { laneNames } from './lane-names.ts';
import { lackOf } from './needs.ts';
import { pinnableNodes } from './pinned-nodes.ts';
import { reproOf } from './repro.ts';
import { runScenario } from './run-scenario.ts';

/** Attempts a second that all agents of a run make together at most: two cores keep up with it beside the cluster's own work. */
const ATTEMPTS_PER_SECOND = 600;

/** What a run works with, and what its result says of it. */
export interface RunContext {
  /** Short and unique on the cluster: it is part of the namespaces' names. */
  readonly id: string;
  readonly cluster: Cluster;
  readonly machinery: Machinery;
  readonly info: ClusterInfo;
  readonly cni: RunResult['run']['cni'];
  readonly images: RunResult['run']['images'];
  readonly prober: Prober;
  readonly workloads: Workloads;
  readonly clock: Clock;
  /** Wall-clock time of the clock's zero, ms since 1970. */
  readonly epochMs: number;
  readonly signal: AbortSignal;
  readonly seed: number;
}

/** A run under way. `finish` has to be called, also after an interruption: it waits for clean-up. */
export interface Run {
  readonly id: string;
  /** Runs a scenario, once more if it fails, and resolves with its result. Rejects only when the run was aborted. */
  runScenario(scenario: Scenario, events: RunEvents): Promise<ScenarioResult>;
  /** Waits until everything that the run made is gone, and resolves with the result of all scenarios that ran. */
  finish(events: RunEvents): Promise<RunResult>;
}

/** Begins a run on a cluster. Scenarios run one at a time, in the order in which they are given to it. */
export function startRun(context: RunContext): Run {
  const startedMs = context.clock.now();
  const results: ScenarioResult[] = [];
  let tries = 0;

  const runOnce = async (scenario: Scenario, events: RunEvents): Promise<ScenarioResult> => {
    const fromMs = context.clock.now();
    const steps: StepResult[] = [];
    const earlier: Change[] = [];
    tries += 1;
    const names = laneNames(context.id, String(tries));
    const finished = (trouble?: { status: 'inconclusive' | 'skipped'; reason: string }) =>
      buildScenario({
        scenario,
        steps,
        durationMs: context.clock.now() - fromMs,
        ...(trouble === undefined ? {} : { trouble }),
      });
    try {
      const lack = await lackOf(needsOf(scenario), context);
      if (lack !== undefined) return finished({ status: 'skipped', reason: lack });
      const { ipFamilies } = context.info;
      const limits = { ipFamilies, nodes: pinnableNodes(context.info), attemptsPerSecond: ATTEMPTS_PER_SECOND };
      await runScenario({ ...context, ...limits, scenario, names, events }, (step) => {
        const result = buildStep({
          ...step,
          name: step.planned.name,
          changes: stepChanges(step.planned.changes, earlier),
          epochMs: context.epochMs,
          reproOf: (cell: Cell) => reproOf(cell, scenario),
        });
        steps.push(result);
        earlier.push(...step.planned.changes);
        events({ kind: 'step-finished', id: scenario.id, result });
      });
      return finished();
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof NetproofError)) throw error;
      events({ kind: 'warning', code: error.code, message: `${scenario.id}: ${error.message}`, ...hintOf(error) });
      return finished({ status: 'inconclusive', reason: `${error.message} (${error.code})` });
    }
  };

  return {
    id: context.id,
    async runScenario(scenario, events) {
      let result = await runOnce(scenario, events);
      if (deservesRerun(result)) {
        events({ kind: 'phase', id: scenario.id, phase: 'rerun' });
        result = mergeRerun(result, await runOnce(scenario, events));
      }
      results.push(result);
      events({ kind: 'scenario-finished', result });
      return result;
    },
    async finish(events) {
      const { remaining } = await removeNamespaces(context.cluster, context.clock, { runId: context.id, wait: true });
      if (remaining.length > 0) {
        events({
          kind: 'warning',
          code: 'clean-up-incomplete',
          message: `still being deleted: ${remaining.join(', ')}`,
          hint: 'run "netproof clean" later',
        });
      }
      const result = buildRun(runFacts(context, startedMs), results);
      events({ kind: 'run-finished', result });
      return result;
    },
  };
}

function hintOf({ hint }: NetproofError): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

function runFacts(context: RunContext, startedMs: number): RunResult['run'] {
  const { id, info, cni, images, seed, signal } = context;
  return {
    id,
    started: new Date(context.epochMs + startedMs).toISOString(),
    duration_ms: Math.round(context.clock.now() - startedMs),
    simulated: info.provider === 'simulated',
    interrupted: signal.aborted,
    cluster: {
      provider: info.provider,
      kubernetes: info.kubernetes,
      nodes: info.nodes.length,
      ipFamily: info.ipFamilies.join(','),
    },
    cni,
    images,
    seed,
  };
}
