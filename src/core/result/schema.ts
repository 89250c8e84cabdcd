import { z } from 'zod';
import type { RunResult } from './result.ts';

const ms = z.number();
const interval = z.object({ atLeastMs: ms, atMostMs: ms.nullable(), resolutionMs: ms.nullable() });
const expected = z.enum(['open', 'closed', 'unresolved', 'reported']);
const outcome = z.enum(['open', 'dropped', 'refused', 'misrouted', 'unresolved', 'inconclusive']);
const count = z.int().nonnegative();

const attempt = z.object({
  sentMs: ms,
  errorMs: ms,
  durationMs: ms,
  outcome,
  handshake: z.boolean().exactOptional(),
  repeated: z.boolean().exactOptional(),
  sourcePort: z.int().exactOptional(),
  sourceAddress: z.string().exactOptional(),
  arrived: z.boolean().exactOptional(),
  answeredBy: z.string().exactOptional(),
  sourceSeen: z.string().exactOptional(),
  latenessMs: ms,
  detail: z.string().exactOptional(),
});

const reason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('contrary'), attempt }),
  z.object({ code: z.literal('contrary-before'), attempt }),
  z.object({ code: z.literal('never-settled'), attempt }),
  z.object({ code: z.literal('late'), attempt, settledMs: ms, budgetMs: ms }),
  z.object({ code: z.literal('flap'), attempt, afterSettledMs: ms }),
  z.object({ code: z.literal('misrouted'), attempt }),
  z.object({ code: z.literal('unknown'), detail: z.string(), doubtful: z.boolean() }),
]);

const cellFields = {
  from: z.string(),
  to: z.string(),
  port: z.int(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  path: z.enum(['pod-ip', 'cluster-ip', 'dns', 'node-port', 'host-port', 'node', 'outside', 'kubelet']),
  family: z.enum(['IPv4', 'IPv6']),
  method: z.enum(['agent', 'wget', 'kubelet']),
};

const cell = z.object({
  ...cellFields,
  expected,
  status: z.enum(['passed', 'failed', 'inconclusive', 'reported']),
  observed: outcome.nullable(),
  attempts: count,
  known: count,
  contrary: count,
  excluded_leak: z.number().min(0).max(1),
  settle_ms: ms.nullable(),
  exposure_ms: interval.nullable(),
  outage_ms: interval.nullable(),
  unverified: z.boolean(),
  explanation: z.array(count).default([]),
  series: z.array(z.tuple([outcome, count, ms, ms])),
});

const failure = z.object({
  cell: z.string(),
  connection: z.enum(['held', 'again']).exactOptional(),
  expected,
  observed: outcome.nullable(),
  at_ms: ms.nullable(),
  reasons: z.array(reason),
  explanation: z.string(),
  repro: z.string(),
  evidence: z.string().nullable(),
});

const connection = z.object({
  ...cellFields,
  state: z.enum(['kept', 'interrupted', 'cut', 'not-open', 'unknown']),
  status: z.enum(['passed', 'failed', 'inconclusive', 'reported']).default('reported'),
  broken_ms: ms.nullable(),
  exchanges: count,
  answered: count,
  again: outcome.nullable(),
});

const step = z.object({
  name: z.string(),
  status: z.enum(['passed', 'failed', 'inconclusive', 'skipped']),
  reason: z.string().nullable(),
  changes: z.array(z.object({ kind: z.string(), object: z.string() })).default([]),
  alone: z.boolean().exactOptional(),
  duration_ms: ms.exactOptional(),
  hold_ms: ms.exactOptional(),
  sent_at: z.iso.datetime().nullable(),
  answered_at: z.iso.datetime().nullable(),
  settle_ms: ms.nullable(),
  exposure_ms: ms.nullable(),
  outage_ms: ms.nullable(),
  cells: z.array(cell),
  connections: z.array(connection).default([]),
  explanations: z.array(z.string()).default([]),
  failures: z.array(failure),
});

const scenario = z.object({
  id: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  origin: z.string().nullable(),
  status: z.enum(['passed', 'failed', 'flaky', 'inconclusive', 'skipped']),
  reason: z.string().nullable(),
  incomplete: z.literal(true).exactOptional(),
  host_network: z.array(z.string()).exactOptional(),
  known: z.object({ why: z.string(), finding: z.string() }).exactOptional(),
  duration_ms: ms,
  policies: z.array(
    z.object({
      name: z.string(),
      file: z.string(),
      text: z.string(),
      lines: z.array(z.int().nullable()).default([]),
    }),
  ),
  steps: z.array(step),
});

const spread = z.object({ p50: ms, p95: ms, max: ms });

const cardEntry = z.object({
  property: z.string(),
  group: z.enum(['feature', 'life-cycle']),
  title: z.string(),
  state: z.enum(['enforced', 'violated', 'not-tested']),
  passed: count,
  violated: z.array(z.string()),
  undecided: count,
  reason: z.string().nullable(),
  documented: z.string().exactOptional(),
});

const gap = z.object({ property: z.string(), says: z.string(), source: z.string() });

const latencyEntry = z.object({
  change: z.enum(['create', 'update', 'delete', 'relabel']),
  cells: count,
  settle_ms: spread.nullable(),
  exposure_ms: spread.nullable(),
});

const probing = z.object({
  lanes: count,
  attempts_per_second: z.number().nullable(),
  calibration: z.array(z.object({ attempts_per_second: z.number(), late_ms: spread.nullable() })).nullable(),
  late_ms: spread.nullable(),
  clock_error_ms: spread.nullable(),
});

/** Schema of `result.json`, version 1; fields that it does not name are later additions and are dropped. */
export const resultSchema: z.ZodType<RunResult> = z.object({
  version: z.literal(1),
  run: z.object({
    id: z.string(),
    netproof: z.string().exactOptional(),
    started: z.iso.datetime(),
    duration_ms: ms,
    simulated: z.boolean(),
    interrupted: z.boolean(),
    unfinished: count.exactOptional(),
    cluster: z.object({ provider: z.string(), kubernetes: z.string(), nodes: count, ipFamily: z.string() }),
    cni: z.object({ name: z.string(), version: z.string(), gaps: z.array(gap).exactOptional() }),
    images: z.array(z.object({ name: z.string(), provenance: z.string() })),
    seed: z.number(),
    probing: probing.exactOptional(),
  }),
  summary: z.object({
    scenarios: count,
    passed: count,
    failed: count,
    known: count.default(0),
    flaky: count,
    inconclusive: count,
    skipped: count,
    skippedBy: z.record(z.string(), count),
    cells: count,
    attempts: count,
    settle_ms: spread.nullable(),
    exposure_ms: spread.nullable(),
  }),
  card: z.array(cardEntry).default([]),
  latency: z.array(latencyEntry).default([]),
  scenarios: z.array(scenario),
});
