import type { RunResult } from '../../../src/core/result/result.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { runAll } from '../../../src/engine/run-all.ts';
import type { RunEvent } from '../../../src/ports/run-events.ts';
import { outputOn } from '../../../src/reporters/output.ts';
import { terminalReporter } from '../../../src/reporters/terminal.ts';
import type { Session } from '../../../src/session.ts';
import { cpuBetween, cpuSnapshot } from './cpu-seconds.ts';

/** A run with the moments of its events. */
export interface MeasuredRun {
  readonly result: RunResult;
  /** Seconds from the begin of this process to the first probe of the run. */
  readonly firstProbeSeconds: number;
  /** Seconds from the first step's begin to the last step's end: pods stand, nothing is removed yet. */
  readonly probingSeconds: number;
  /** Seconds from nothing to the last step's end, pods included. */
  readonly wholeSeconds: number;
  /** Seconds of each step from its begin to its verdict, by the step's name. */
  readonly stepSeconds: ReadonlyMap<string, readonly number[]>;
  /** CPU seconds from the first step's begin to the last step's end. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
}

/** Runs scenarios in lanes, by default as many as a run has. Throws when one does not pass or is skipped: a figure of something that went wrong is none. */
export async function measuredRun(
  session: Session,
  scenarios: readonly Scenario[],
  lanes?: number,
): Promise<MeasuredRun> {
  const begun = performance.now();
  const stepSeconds = new Map<string, number[]>();
  const under = new Map<string, number>();
  let first: { readonly atMs: number; readonly cpu: ReturnType<typeof cpuSnapshot> } | undefined;
  let last = { atMs: begun, cpu: cpuSnapshot() };
  let own = process.cpuUsage();
  let firstProbeMs = Number.NaN;
  const report = terminalReporter(outputOn(process.stderr));
  const onEvent = (event: RunEvent): void => {
    report(event);
    if (event.kind === 'phase' && event.phase === 'baseline' && Number.isNaN(firstProbeMs))
      firstProbeMs = performance.now();
    if (event.kind === 'step-started') {
      under.set(event.id, performance.now());
      if (first === undefined) {
        first = { atMs: performance.now(), cpu: cpuSnapshot() };
        own = process.cpuUsage();
      }
    }
    if (event.kind === 'step-finished') {
      const seconds = (performance.now() - (under.get(event.id) ?? Number.NaN)) / 1_000;
      stepSeconds.set(event.result.name, [...(stepSeconds.get(event.result.name) ?? []), seconds]);
    }
    if (event.kind === 'scenario-finished') last = { atMs: performance.now(), cpu: cpuSnapshot() };
  };
  const { signal } = new AbortController();
  const run = session.startRun({ signal, seed: 1, ...(lanes !== undefined && { lanes }) });
  const result = await runAll(scenarios, run, onEvent, { info: session.info, signal });
  const bad = result.scenarios.find(({ status }) => status !== 'passed' && status !== 'skipped');
  if (bad !== undefined || first === undefined) {
    throw new Error(
      `${bad?.id}: ${bad?.status}: ${bad?.reason}\n${JSON.stringify(bad?.steps.map((step) => step.failures.slice(0, 3)))}`,
    );
  }
  const harness = process.cpuUsage(own);
  return {
    result,
    firstProbeSeconds: firstProbeMs / 1_000,
    probingSeconds: (last.atMs - first.atMs) / 1_000,
    wholeSeconds: (last.atMs - begun) / 1_000,
    stepSeconds,
    cpuSeconds: { harness: (harness.user + harness.system) / 1e6, ...cpuBetween(first.cpu, last.cpu) },
  };
}
