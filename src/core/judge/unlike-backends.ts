import type { Attempt } from '../matrix/outcome.ts';
import { scalesOf } from './evidence.ts';
import type { JudgeLimits } from './limits.ts';
import { type CellSeries, portKey, type StepRecord } from './record.ts';
import { deadlineFor } from './timeline.ts';
import type { CellReason } from './verdict.ts';

/** That a backend which is allowed was never chosen by chance is taken to be impossible below this probability. */
const BY_CHANCE = 1e-6;

/**
 * What can be said of a cell whose verdict depends on the backend that a connection is led to, once the budget is over:
 * nobody answers who may not, and of many connections some are answered, for each is led to a backend of its own choice
 * (Kubernetes: Virtual IPs and Service Proxies).
 */
export function wrongBackends(series: CellSeries, record: StepRecord, limits: JudgeLimits): CellReason | undefined {
  if (series.planned.answerable === undefined) return undefined;
  const fromMs = deadlineFor(series.planned, record) ?? Number.NEGATIVE_INFINITY;
  const late = series.attempts.filter(({ sentMs, errorMs }) => sentMs - errorMs > fromMs);
  const stranger = late.find(({ outcome }) => outcome === 'misrouted');
  if (stranger !== undefined) return { code: 'misrouted', attempt: stranger };
  const silent = silence(series, late, record, limits);
  return silent && { code: 'contrary', attempt: silent };
}

/** The last of so many attempts without an answer that the backends which are allowed cannot all have been passed over. */
function silence(
  { planned: { cell, allowed = [] } }: CellSeries,
  attempts: readonly Attempt[],
  record: StepRecord,
  limits: JudgeLimits,
): Attempt | undefined {
  // A NodePort may lead to the pods of one node only.
  if (cell.path !== 'cluster-ip' && cell.path !== 'dns') return undefined;
  const backends = record.backends.get(portKey(cell)) ?? [];
  const ready = backends.filter(({ pod, ready: spans }) => allowed.includes(pod) && spans.length > 0);
  if (ready.length === 0) return undefined;
  const weigh = scalesOf(cell, record, limits);
  const weighed = attempts.map((attempt) => ({ attempt, evidence: weigh(attempt, 'open') }));
  if (weighed.some(({ evidence }) => evidence === 'conforms')) return undefined;
  const silent = weighed.filter(({ evidence }) => evidence === 'contrary');
  const missed = (1 - ready.length / backends.length) ** silent.length;
  return silent.length >= limits.denseAttempts && missed < BY_CHANCE ? silent.at(-1)?.attempt : undefined;
}
