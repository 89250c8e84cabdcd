import { NetproofError } from '../core/diagnostics/errors.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { buildScenario, isOwnTrouble } from '../core/result/build-scenario.ts';
import { buildStep } from '../core/result/build-step.ts';
import type { ScenarioResult, StepResult } from '../core/result/result.ts';
import { stepChanges } from '../core/result/step-changes.ts';
import { needsOf } from '../core/scenario/needs.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { Change, Scenario } from '../core/scenario/scenario.ts';
import { keepsPods, labelsBack } from '../core/scenario/shape.ts';
import type { ClusterInfo } from '../ports/cluster.ts';
import type { Evidence } from '../ports/evidence.ts';
import type { RunEvents } from '../ports/run-events.ts';
import { ADDRESS_NOT_HAD } from './address-reuse.ts';
import { applyChange } from './change.ts';
import type { Lane } from './lanes.ts';
import type { LostCluster } from './lost-cluster.ts';
import { lackOf } from './needs.ts';
import { CLOSING_STEP, endsByClosing } from './open-steps.ts';
import type { ProbeShare } from './probe-budget.ts';
import { reproOf } from './repro.ts';
import { runScenario, substitutionOn } from './run-scenario.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { Stand } from './stand.ts';
import type { Stands } from './stands.ts';
import { withEvidence } from './step-evidence.ts';

/** What the tries of all scenarios of a run share. */
export interface TryContext extends Omit<ScenarioContext, 'scenario' | 'names' | 'events' | 'share'> {
  readonly info: ClusterInfo;
  readonly stands: Stands;
  /** Joins the lanes that probe, in a stand. */
  readonly join: (stand: Stand, scenario: Scenario) => Promise<ProbeShare>;
  /** Is told of trouble that ended a scenario. */
  readonly trouble: LostCluster;
  /** Wall-clock time of the clock's zero, ms since 1970. */
  readonly epochMs: number;
  /** Keeps what may explain a failure; absent: nothing is kept. */
  readonly evidence?: Evidence;
}

/** A scenario's turn in a lane. */
export interface Turn {
  readonly scenario: Scenario;
  readonly events: RunEvents;
  readonly lane: Lane;
  /** Does not use the pods that the lane keeps. */
  readonly fresh: boolean;
  /** Runs alone: leaves nothing in the lane. */
  readonly alone: boolean;
}

/**
 * Runs a scenario once in a lane, and leaves its pods there for the next one if they are as they were. Trouble that
 * keeps it from finding out is its result; rejects only when the run was aborted before a step failed, or on a defect of our own.
 */
export async function tryScenario(turn: Turn, context: TryContext): Promise<ScenarioResult> {
  const { scenario, lane, events } = turn;
  const fromMs = context.clock.now();
  const steps: StepResult[] = [];
  const finished = (trouble?: { status: 'inconclusive' | 'skipped'; reason: string }) =>
    buildScenario({
      scenario,
      steps,
      durationMs: context.clock.now() - fromMs,
      ...(trouble === undefined ? {} : { trouble }),
    });
  using _ = context.concurrency.begin();
  const earlier: Change[] = [];
  let stand: Stand | undefined;
  try {
    const lack = await lackOf(needsOf(scenario), context);
    if (lack !== undefined) return finished({ status: 'skipped', reason: lack });
    stand = await context.stands.take(lane, scenario, turn);
    const standing = stand;
    const { names } = standing;
    const substitution = substitutionOn(standing, { ...context, scenario });
    using share = await context.join(stand, scenario);
    await runScenario({ ...context, scenario, events, names, share, substitution }, stand, async (step) => {
      const changes = [...earlier, ...step.planned.changes];
      const built = buildStep({
        ...step,
        name: step.planned.name,
        changes: stepChanges(step.planned.changes, earlier),
        epochMs: context.epochMs,
        reproOf: (cell: Cell) => reproOf(cell, { scenario, changes }),
      });
      const { epochMs, evidence, signal } = context;
      const { pods } = standing.topology;
      const found = { ...step, run: names.runId, scenario, result: built, substitution, pods, epochMs };
      const result = await withEvidence(found, evidence, signal);
      steps.push(result);
      earlier.push(...step.planned.changes);
      events({ kind: 'step-finished', id: scenario.id, result });
    });
    const result = finished();
    await handOn(stand, result, turn, { ...context, substitution });
    return result;
  } catch (error) {
    if (stand !== undefined) await context.stands.discard(stand);
    if (context.signal.aborted && steps.some(({ status }) => status === 'failed')) {
      return finished({ status: 'inconclusive', reason: 'the run was interrupted before its last step' });
    }
    context.signal.throwIfAborted();
    if (!(error instanceof NetproofError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    events({ kind: 'warning', code: error.code, message: `${scenario.id}: ${error.message}`, ...hint });
    await context.trouble.askAfter(error, events);
    if (error.code === ADDRESS_NOT_HAD) return finished({ status: 'skipped', reason: `ip-reuse: ${error.message}` });
    return finished({ status: 'inconclusive', reason: `${error.message} (${error.code})` });
  }
}

/** Keeps the stand in the lane, as it was before the scenario; retires it where that cannot be said of it. */
async function handOn(
  stand: Stand,
  result: ScenarioResult,
  { scenario, lane, alone }: Turn,
  context: TryContext & { readonly substitution: Substitution },
): Promise<void> {
  const cleared = result.steps.at(-1)?.name === CLOSING_STEP || !endsByClosing(scenario);
  const decent = result.status === 'passed' || (isOwnTrouble(result) && cleared);
  const asBefore = decent && keepsPods(scenario) && stand.observation.lost === undefined;
  if (alone || !asBefore) return context.stands.retire(stand);
  await stand.session.schedule([]);
  const { names, topology } = stand;
  for (const change of labelsBack(scenario)) {
    await applyChange(change, { ...context, names, topology }, { signal: context.signal });
  }
  lane.stand = stand;
}
