import { type Cell, cellName } from '../matrix/cell.ts';
import type { Attempt } from '../matrix/outcome.ts';
import { isHeldFromFirstInstant } from '../scenario/held-cells.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import { isExcused, isSilenceExcused } from './health.ts';
import { type HeldConnection, type HeldFate, heldFate } from './held-connection.ts';
import type { JudgeLimits } from './limits.ts';
import type { StepRecord } from './record.ts';
import { changeSpan, hasBudget } from './timeline.ts';
import type { ConnectionReason, ConnectionVerdict } from './verdict.ts';

/**
 * Judges what became of a connection, as far as every reading of the API agrees. A cell that is open before the step and
 * after it, and that the step's changes leave alone, keeps its connection. A TCP connection that was closed and is dialled
 * once more is a new one, whatever the node remembers of its addresses and ports: where it must not come about, it must
 * not once the budget is over. A pod that has the address of one that is gone has none of its connections: what may not
 * pass between new pods does not because it is of an old flow. What began, from a certain port, while its cell was closed
 * is never answered as long as that is so. All else is reported.
 */
export function judgeConnection(held: HeldConnection, record: StepRecord, limits: JudgeLimits): ConnectionVerdict {
  const planned = plannedOf(held.cell, record);
  const excused = (attempt: Attempt): boolean => isExcused(attempt, held.cell, record, limits);
  const fate = heldFate(held, record, excused, planned?.fresh);
  const closedToHeir = planned === undefined ? heirThatIsClosed(held, record) : undefined;
  const reasons =
    closedToHeir === undefined ? reasonsOf(held, fate, planned, record) : ofHeir(held, closedToHeir, record);
  const failed = reasons?.some(({ reason }) => reason.code !== 'unknown');
  const passed = reasons?.length === 0 ? 'pass' : 'inconclusive';
  const status = reasons === undefined ? 'reported' : failed ? 'fail' : passed;
  return { cell: closedToHeir ?? held.cell, fate, status, reasons: reasons ?? [] };
}

/** What is wrong with a connection whose pods are still there; undefined where the API leaves open what becomes of it. */
function reasonsOf(
  held: HeldConnection,
  fate: HeldFate,
  planned: PlannedCell | undefined,
  record: StepRecord,
): readonly ConnectionReason[] | undefined {
  if (planned === undefined) return undefined;
  if (held.sourcePort !== undefined) {
    const isClosed = planned.before === 'closed' && planned.expected === 'closed';
    return isClosed ? [...begun(held), ...silent(held.again, held.cell, record)] : undefined;
  }
  const isJudged = mustBeKept(planned, record) || mustStayClosed(held, planned, record);
  return isJudged ? [...lost(fate, planned, record), ...renewed(held, planned, record)] : undefined;
}

function plannedOf(cell: Cell, { series }: StepRecord): PlannedCell | undefined {
  const name = cellName(cell);
  return series.find(({ planned }) => cellName(planned.cell) === name)?.planned;
}

/** The cell of the pods that have the addresses of a connection's now, where it must be closed from their first instant on. */
function heirThatIsClosed({ heir }: HeldConnection, record: StepRecord): Cell | undefined {
  const planned = heir && plannedOf(heir, record);
  return planned?.fresh === true && planned.expected === 'closed' && planned.cell.path === 'pod-ip' ? heir : undefined;
}

/** What is wrong with a connection that new pods have no part in. */
function ofHeir(held: HeldConnection, heir: Cell, record: StepRecord): readonly ConnectionReason[] {
  return [...takenOver(held), ...silent(held.again, heir, record)];
}

/** On a connection to a pod that is gone only who has its address now can answer as somebody else. */
function takenOver(held: HeldConnection): readonly ConnectionReason[] {
  return contraryOn(held, ({ outcome }) => outcome === 'misrouted');
}

/** Of a connection that may not begin any answer is wrong, and a handshake. */
function begun(held: HeldConnection): readonly ConnectionReason[] {
  return contraryOn(
    held,
    ({ outcome, handshake }) => outcome === 'open' || outcome === 'misrouted' || handshake === true,
  );
}

/** What is wrong with a connection on which no exchange may come to that. */
function contraryOn(
  { exchanges }: HeldConnection,
  isContrary: (attempt: Attempt) => boolean,
): readonly ConnectionReason[] {
  const attempt = exchanges.find(isContrary);
  if (attempt === undefined) return [];
  return [{ about: 'held', expected: 'closed', reason: { code: 'contrary', attempt } }];
}

/**
 * Through a Service a connection may end with its backend, so that only those to an address are judged. What a new pod has
 * opened as it may, the arrival of its policies must not cut off, where the step changes none.
 */
function mustBeKept(planned: PlannedCell, record: StepRecord): boolean {
  const { cell, before, expected, fresh } = planned;
  if (cell.path !== 'pod-ip' || expected !== 'open') return false;
  if (fresh === true) return isHeldFromFirstInstant(cell) && record.changes.every(({ churn }) => churn);
  return before === 'open' && !hasBudget(planned, record);
}

function lost({ state, broken }: HeldFate, planned: PlannedCell, record: StepRecord): readonly ConnectionReason[] {
  if (!mustBeKept(planned, record) || state === 'kept') return [];
  if (broken !== undefined) return [{ about: 'held', expected: 'open', reason: { code: 'contrary', attempt: broken } }];
  const silence = planned.fresh === true ? 'nobody ever answered on it' : 'nobody answered on it before the change';
  const detail = state === 'not-open' ? silence : 'what became of it is not known';
  return [{ about: 'held', expected: 'open', reason: { code: 'unknown', detail, doubtful: false } }];
}

/** Datagrams from one port are one flow, which the node may go on to know: only TCP says that a connection is new. */
function mustStayClosed({ cell, again }: HeldConnection, planned: PlannedCell, record: StepRecord): boolean {
  if (cell.protocol !== 'TCP' || planned.expected !== 'closed' || planned.fresh === true) return false;
  const change = changeSpan(record.changes);
  if (again === undefined || change === undefined) return true;
  return again.sentMs - again.errorMs > change.answeredMs + record.budgetMs;
}

function renewed(held: HeldConnection, planned: PlannedCell, record: StepRecord): readonly ConnectionReason[] {
  return mustStayClosed(held, planned, record) ? silent(held.again, held.cell, record) : [];
}

/** What is wrong where nobody may be reached by dialling again. */
function silent(again: Attempt | undefined, cell: Cell, record: StepRecord): readonly ConnectionReason[] {
  if (again !== undefined && (isAnswered(again) || again.arrived)) {
    return [{ about: 'again', expected: 'closed', reason: { code: 'contrary', attempt: again } }];
  }
  const isSilent = again?.outcome === 'dropped' || again?.outcome === 'refused';
  if (again !== undefined && isSilent && !isSilenceExcused(again, cell, record)) return [];
  const detail = 'what came of dialling it again is not known';
  return [{ about: 'again', expected: 'closed', reason: { code: 'unknown', detail, doubtful: false } }];
}

function isAnswered({ outcome, answeredBy }: Attempt): boolean {
  return (outcome === 'open' || outcome === 'misrouted') && answeredBy !== undefined;
}
