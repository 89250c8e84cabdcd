import type { StepRecord } from '../judge/record.ts';
import { changeSpan, zeroOf } from '../judge/timeline.ts';
import type { StepVerdict } from '../judge/verdict.ts';
import type { Cell } from '../matrix/cell.ts';
import { buildCell, buildFailure, type JudgedCell, STATUS_NAMES } from './build-cell.ts';
import { buildConnection, connectionFailures, type JudgedConnection } from './build-connection.ts';
import { failureName } from './failure-name.ts';
import { LineTable } from './line-table.ts';
import type { FailureResult, StepChangeResult, StepResult } from './result.ts';
import { rounded } from './series.ts';
import { stepReason } from './step-reason.ts';

/** A judged step with what its result is made of. */
export interface JudgedStep {
  readonly name: string;
  /** What it changed. */
  readonly changes: readonly StepChangeResult[];
  readonly record: StepRecord;
  /** The verdict on `record`: its cells in the same order. */
  readonly verdict: StepVerdict;
  /** Nothing else went on in the run meanwhile. */
  readonly alone: boolean;
  /** Wall-clock time of the run clock's zero, ms since 1970. */
  readonly epochMs: number;
  /** A shell command that repeats an attempt of the cell. */
  readonly reproOf: (cell: Cell) => string;
}

/** The result of a step that was observed and judged. */
export function buildStep({ name, changes, record, verdict, alone, epochMs, reproOf }: JudgedStep): StepResult {
  const zeroMs = zeroOf(record);
  const change = changeSpan(record.changes);
  const judged = verdict.cells.flatMap((cellVerdict, index): JudgedCell[] => {
    const series = record.series[index];
    return series ? [{ ...series, verdict: cellVerdict, zeroMs }] : [];
  });
  const explanations = new LineTable();
  const cells = judged.map((cell) => buildCell(cell, explanations.indicesOf(cell.planned.explanation)));
  const connections = verdict.connections.flatMap((connection, index): JudgedConnection[] => {
    const held = record.connections?.[index];
    return held ? [{ held, verdict: connection, record }] : [];
  });
  const failures = [
    ...judged
      .filter((cell) => cell.verdict.reasons.length > 0)
      .map((cell) => buildFailure(cell, reproOf(cell.verdict.cell))),
    ...connections.flatMap((connection) => connectionFailures(connection, reproOf(connection.held.cell))),
  ];
  const timeOf = (ms: number | undefined) => (ms === undefined ? null : new Date(epochMs + ms).toISOString());
  return {
    name,
    status: STATUS_NAMES[verdict.status],
    reason: stepReason(
      verdict.status,
      verdict.status === 'inconclusive' ? doubtOf({ cells, connections }, failures) : undefined,
      record,
    ),
    changes,
    alone,
    sent_at: timeOf(change?.sentMs),
    answered_at: timeOf(change?.answeredMs),
    duration_ms: rounded(record.hold.toMs - zeroMs),
    hold_ms: rounded(record.hold.toMs - record.hold.fromMs),
    settle_ms: longest(cells.map(({ settle_ms }) => settle_ms)),
    exposure_ms: longest(
      cells.map(({ exposure_ms }) => exposure_ms && (exposure_ms.atMostMs ?? exposure_ms.atLeastMs)),
    ),
    outage_ms: longest(cells.map(({ outage_ms }) => outage_ms && (outage_ms.atMostMs ?? outage_ms.atLeastMs))),
    cells,
    connections: connections.map(buildConnection),
    explanations: explanations.lines,
    failures,
  };
}

/** The result of a step that was not observed: skipped, or trouble kept the run from finding out. */
export function unobservedStep(name: string, status: 'skipped' | 'inconclusive', reason: string): StepResult {
  return {
    name,
    status,
    reason,
    changes: [],
    sent_at: null,
    answered_at: null,
    settle_ms: null,
    exposure_ms: null,
    outage_ms: null,
    cells: [],
    connections: [],
    explanations: [],
    failures: [],
  };
}

function doubtOf(
  { cells, connections }: { readonly cells: readonly unknown[]; readonly connections: readonly unknown[] },
  failures: readonly FailureResult[],
): string {
  const first = failures[0];
  if (!first) return 'no cell was judged';
  const unknown = first.reasons.find(({ code }) => code === 'unknown');
  const detail = unknown?.code === 'unknown' ? unknown.detail : 'not known';
  const ofCells = failures.filter(({ connection }) => connection === undefined).length;
  const count =
    ofCells > 0
      ? `${ofCells} of ${cells.length} cells not known`
      : `${failures.length} of ${connections.length} connections held open not known`;
  return `${count}, the first (${failureName(first)}): ${detail}`;
}

function longest(times: readonly (number | null)[]): number | null {
  return times.reduce((max, time) => (time !== null && (max === null || time > max) ? time : max), null);
}
