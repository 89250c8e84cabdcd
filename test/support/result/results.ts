import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import type { CellSeries, StepRecord } from '../../../src/core/judge/record.ts';
import { buildRun } from '../../../src/core/result/build-run.ts';
import { buildStep } from '../../../src/core/result/build-step.ts';
import type { RunResult, ScenarioResult, StepResult } from '../../../src/core/result/result.ts';
import { aPlan, aRecord, attempts } from '../judge/step.ts';

/** Wall-clock time of the test clock's zero: 2026-01-02T03:04:05.000Z. */
const EPOCH_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** What a step of a test changed, unless its record says that it only observed. */
const CHANGE = [{ kind: 'restart', object: 'plugin agents' }] as const;

/** Judges series and builds the step's result. */
export function aStep(name: string, series: readonly CellSeries[], over: Partial<StepRecord> = {}): StepResult {
  const record = aRecord(series, over);
  return buildStep({
    name,
    changes: over.changes?.length === 0 ? [] : CHANGE,
    record,
    verdict: judgeStep(record, DEFAULT_LIMITS),
    alone: true,
    epochMs: EPOCH_MS,
    reproOf: ({ from, to, port }) => `repeat ${from} ${to} ${port}`,
  });
}

/** Series of the usual cells: `to` is the destination's name, so that each cell has a name of its own. */
export const SERIES = {
  staysOpen: (to = 'y/b'): CellSeries => ({
    planned: aPlan({ cell: { to } }),
    attempts: attempts(0, 9000, () => 'open'),
  }),
  closes: (to = 'y/b', atMs = 1310): CellSeries => ({
    planned: aPlan({
      cell: { to },
      expected: 'closed',
      explanation: 'policy deny: ingress isolates y/b, no rule allows x/a',
    }),
    attempts: attempts(0, 9000, (sentMs) => (sentMs < atMs ? 'open' : 'dropped')),
  }),
  unknown: (to = 'y/b'): CellSeries => ({
    planned: aPlan({ cell: { to } }),
    attempts: attempts(0, 9000, () => 'inconclusive'),
  }),
} as const;

/** A scenario's result with defaults. */
export function aScenarioResult(over: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    id: 'article/deny',
    title: 'Deny all',
    tags: ['article'],
    origin: null,
    status: 'passed',
    reason: null,
    duration_ms: 1234,
    policies: [],
    steps: [],
    ...over,
  };
}

/** A run's result of these scenarios. */
export function aRunResult(scenarios: readonly ScenarioResult[], run: Partial<RunResult['run']> = {}): RunResult {
  return buildRun(
    {
      id: 'r1',
      netproof: '0.1.0',
      started: new Date(EPOCH_MS).toISOString(),
      duration_ms: 4321,
      simulated: false,
      interrupted: false,
      cluster: { provider: 'kind', kubernetes: 'v1.37.2', nodes: 2, ipFamily: 'IPv4' },
      cni: { name: 'calico', version: 'v3.32.2' },
      images: [{ name: 'kindest/node:v1.37.2', provenance: 'source k8s.io/kubernetes v1.37.2' }],
      seed: 7,
      ...run,
    },
    scenarios,
  );
}
