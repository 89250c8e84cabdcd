import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { upCluster } from '../../src/cli/up-cluster.ts';
import { progressFor } from '../../src/reporters/progress.ts';
import { openSession } from '../../src/session.ts';
import { type MeasuredRun, measuredRun } from './engine/measured-run.ts';
import { peerFigures } from './engine/peers.ts';
import { type Figures, median } from './figures.ts';

const FOLDER = `${import.meta.dirname}/engine`;
/** Lanes of the part with many small scenarios, and how many scenarios each gets on average. */
const LANES = Number(process.env.BENCH_LANES ?? 2);
const SCENARIOS_A_LANE = 4;

/**
 * Speed of the engine on the standing cluster: one step of a large matrix with one lane, then small steps in lanes; then,
 * where programs of peers are given, the same cases by them and by us, one after the other.
 */
export async function bench(peers: ReadonlyMap<string, string>): Promise<Figures> {
  using progress = progressFor(process.stderr);
  const { ready } = await upCluster({}, { progress, signal: new AbortController().signal });
  const session = await openSession(ready);
  const [matrix, small] = ['matrix', 'small'].map((name) => loadScenarios([`${FOLDER}/${name}.yaml`])[0]!);
  const one = await measuredRun(session, [matrix!], 1);
  const many = Array.from({ length: LANES * SCENARIOS_A_LANE }, (_, index) => ({ ...small!, id: `small-${index}` }));
  const lanes = await measuredRun(session, many, LANES);
  const against: Figures = {};
  for (const [name, program] of peers) Object.assign(against, await peerFigures(name, program, { session, ready }));
  return { ...matrixFigures(one), ...lanesFigures(lanes), ...against };
}

function matrixFigures(run: MeasuredRun): Figures {
  const step = run.result.scenarios[0]?.steps.find(({ name }) => name === 'deny');
  return {
    first_probe_seconds: run.firstProbeSeconds,
    matrix_step_seconds: median(run.stepSeconds.get('deny') ?? []),
    matrix_cells: step?.cells.length ?? Number.NaN,
    matrix_hold_seconds: (step?.hold_ms ?? Number.NaN) / 1_000,
    ...probingFigures('matrix', run),
  };
}

function lanesFigures(run: MeasuredRun): Figures {
  const steps = run.result.scenarios.flatMap((scenario) => scenario.steps);
  const cells = steps.reduce((sum, step) => sum + step.cells.length, 0);
  return {
    lanes: LANES,
    steps_per_second: steps.length / run.probingSeconds,
    steps_per_second_with_pods: steps.length / run.wholeSeconds,
    cells_per_second: cells / run.probingSeconds,
    lanes_step_seconds: median([...run.stepSeconds.values()].flat()),
    lanes_hold_seconds: median(steps.map(({ hold_ms }) => (hold_ms ?? Number.NaN) / 1_000)),
    ...probingFigures('lanes', run),
  };
}

function probingFigures(part: string, { result, probingSeconds, cpuSeconds }: MeasuredRun): Figures {
  const { summary, run } = result;
  const figures: Record<string, number | undefined> = {
    attempts_per_second: summary.attempts / probingSeconds,
    attempts_per_cell: summary.attempts / summary.cells,
    rate_bound_per_second: run.probing?.attempts_per_second ?? undefined,
    settle_p50_ms: summary.settle_ms?.p50,
    settle_p95_ms: summary.settle_ms?.p95,
    late_p95_ms: run.probing?.late_ms?.p95,
    late_max_ms: run.probing?.late_ms?.max,
    clock_error_p95_ms: run.probing?.clock_error_ms?.p95,
    ...Object.fromEntries(
      Object.entries(cpuSeconds).map(([program, seconds]) => [
        `${program}_cpu_percent`,
        (seconds / probingSeconds) * 100,
      ]),
    ),
  };
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) => (value === undefined ? [] : [[`${part}_${name}`, value]])),
  );
}
