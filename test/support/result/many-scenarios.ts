import type { CellResult, RunResult, ScenarioResult } from '../../../src/core/result/result.ts';
import type { Change, Scenario, ScenarioPod } from '../../../src/core/scenario/scenario.ts';
import { simulatedRun } from '../engine/simulated-run.ts';
import { policy, webScenario } from '../engine/web-scenario.ts';
import { aRunResult } from './results.ts';

const DENY: Change = { kind: 'apply', manifest: policy('deny', { podSelector: {}, ingress: [] }) };
const REMOVE: Change = { kind: 'delete', policy: { namespace: 'x', name: 'deny' } };
const STEPS = [
  { name: 'no policy', changes: [] },
  { name: 'deny', changes: [DENY] },
  { name: 'deleted', changes: [REMOVE] },
];
const TAGS = ['ingress', 'egress', 'udp', 'tcp', 'named-ports', 'policy-create', 'policy-delete', 'pod-labels'];

/** Three namespaces of three pods with two ports of two protocols: 288 cells a step, as the upstream suite has them. */
function nineByNine(): Scenario {
  const small = webScenario(STEPS);
  const ports = [80, 81].flatMap((port) => (['TCP', 'UDP'] as const).map((protocol) => ({ port, protocol })));
  const pods = ['x', 'y', 'z'].flatMap((namespace) =>
    ['a', 'b', 'c'].map(
      (name): ScenarioPod => ({
        namespace,
        name,
        labels: { pod: name },
        image: 'agent',
        ports,
        probes: 'agent',
        identityPage: true,
      }),
    ),
  );
  const namespaces = ['x', 'y', 'z'].map((name) => ({ name, labels: {} }));
  return { ...small, namespaces, pods, services: [], paths: ['pod-ip'] };
}

/**
 * A result as big as that of the whole library: `big` scenarios of 288 cells a step and `small` ones of six, out of one
 * simulated run of each, with times of their own for every cell. Some fail, some were skipped.
 */
export async function manyScenarios(big: number, small: number): Promise<RunResult> {
  const random = generator(7);
  const shapes = [await simulated(nineByNine()), await simulated(webScenario(STEPS))];
  const scenarios = Array.from({ length: big + small }, (_, index): ScenarioResult => {
    const shape = shapes[index < big ? 0 : 1];
    if (shape === undefined) throw new RangeError('no shape');
    const family = index < big ? 'cyclonus' : 'bugs';
    const facts = {
      id: `${family}/case-${index}`,
      title: `Case ${index} of the ${family} family`,
      tags: [family, ...TAGS.filter((__, place) => (index + place) % 3 === 0)],
      origin: index < big ? 'https://github.com/mattfenwick/cyclonus' : null,
    };
    if (index % 50 === 49) {
      return { ...shape, ...facts, status: 'skipped', reason: 'no SCTP in the kernel', steps: [], policies: [] };
    }
    const steps = shape.steps.map((step) => ({ ...step, cells: step.cells.map((cell) => jittered(cell, random)) }));
    return { ...shape, ...facts, steps };
  });
  return aRunResult(scenarios);
}

async function simulated(scenario: Scenario): Promise<ScenarioResult> {
  const { run } = await simulatedRun();
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return result;
}

/** The cell with times of its own, as a real network gives them. */
function jittered(cell: CellResult, random: () => number): CellResult {
  const shift = Math.round(random() * 2000) / 10;
  const moved = (ms: number) => Math.round((ms + shift + random() * 20) * 10) / 10;
  return {
    ...cell,
    settle_ms: cell.settle_ms === null ? null : moved(cell.settle_ms),
    series: cell.series.map(([outcome, attempts, first, last]) => [outcome, attempts, moved(first), moved(last)]),
  };
}

/** Numbers from 0 to 1 that are the same every time (a linear congruential generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
