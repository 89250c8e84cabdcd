import type { CellReason } from '../core/judge/verdict.ts';
import { cellName } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { CellResult, FailureResult } from '../core/result/result.ts';
import { percent } from './words.ts';

/** One thing that is said of a failed or unknown cell; the text may have several lines. */
type Fact = readonly [
  label: 'expected' | 'observed' | 'when' | 'attempts' | 'why' | 'repeat' | 'scene' | 'evidence',
  text: string,
];

/**
 * What is said of a failed or unknown cell: what was expected and observed, when, how often, why by the policies, and a
 * command that repeats it.
 */
export function failureFacts(failure: FailureResult, cells: readonly CellResult[]): readonly Fact[] {
  const cell = cells.find((candidate) => cellName(candidate) === failure.cell);
  const observed = failure.reasons.map((reason) => observedIn(reason));
  return [
    ['expected', failure.expected],
    ['observed', [...new Set(observed)].join('; ') || 'nothing'],
    ...failure.reasons.flatMap((reason): Fact[] =>
      reason.code === 'unknown' ? [] : [['when', whenIn(reason, failure.at_ms)]],
    ),
    ...(cell ? [['attempts', attemptsOf(cell)] as const] : []),
    ['why', failure.explanation],
    ['repeat', failure.repro],
    ...sceneOf(failure, cell),
    ...(failure.evidence === null ? [] : [['evidence', failure.evidence] as const]),
  ];
}

/** A failed or unknown cell for people, as reports in text print it. The first line is the cell's name. */
export function failureLines(failure: FailureResult, cells: readonly CellResult[]): string[] {
  return [failure.cell, ...failureFacts(failure, cells).flatMap(([label, text]) => labelled(label, text))];
}

/** What the command needs around it: pods and policies went with the run. A sentence in its place says so itself. */
function sceneOf({ repro, evidence }: FailureResult, cell: CellResult | undefined): readonly Fact[] {
  if (!repro.startsWith('kubectl ')) return [];
  const scripted = evidence !== null && cell !== undefined && SCRIPTED.has(cell.path);
  const how = scripted
    ? 'repro.sh in the evidence makes them again, and dials'
    : 'make them again under their own names';
  return [['scene', `the run removed its pods and policies: ${how}`]];
}

/** Paths that the evidence's script dials. */
const SCRIPTED: ReadonlySet<CellResult['path']> = new Set(['pod-ip', 'cluster-ip', 'dns']);

function observedIn(reason: CellReason): string {
  return reason.code === 'unknown' ? `not known: ${reason.detail}` : outcomeOf(reason.attempt);
}

function outcomeOf({ outcome, handshake, answeredBy, sourceSeen, detail }: Attempt): string {
  const who = `${answeredBy ?? 'somebody without identity'}${sourceSeen === undefined ? '' : `, which saw ${sourceSeen}`}`;
  const words = detail === undefined ? '' : ` (${detail})`;
  switch (outcome) {
    case 'open':
      return `open, answered by ${who}`;
    case 'misrouted':
      return `misrouted, answered by ${who}`;
    case 'unresolved':
      return `the name did not resolve${words}`;
    default:
      return handshake ? 'a handshake without an answer' : `${outcome}${words}`;
  }
}

/** When the attempt was sent and what makes it count. `atMs` belongs to the first reason. */
function whenIn(reason: Exclude<CellReason, { code: 'unknown' }>, atMs: number | null): string {
  const at = atMs === null ? '' : atMs < 0 ? `${-atMs} ms before the change` : `${atMs} ms after the change`;
  switch (reason.code) {
    case 'contrary':
      return `${at}; the step does not change this cell`;
    case 'contrary-before':
      return `${at}, against what the step before expected`;
    case 'never-settled':
      return `still ${at}; it never came right`;
    case 'late':
      return `still ${at}; it came right after ${round(reason.settledMs)} ms, the budget is ${reason.budgetMs} ms`;
    case 'flap':
      return `${at}: it was right, and wrong again ${round(reason.afterSettledMs)} ms after settling`;
    case 'misrouted':
      return at;
  }
}

function attemptsOf({ contrary, known, attempts, excluded_leak, status }: CellResult): string {
  if (known === 0) return `${attempts} made, none of them known`;
  const made = attempts > known ? `, ${attempts} made in all` : '';
  const excluded =
    status === 'failed' || excluded_leak === 1 ? '' : `; leaks over ${percent(excluded_leak)} are excluded`;
  return `${contrary} of ${known} contradict${made}${excluded}`;
}

/** A label and its text, further lines of the text below its first. */
function labelled(label: string, text: string): string[] {
  const [first = '', ...rest] = text.trimEnd().split('\n');
  return [`  ${label.padEnd(9)} ${first}`, ...rest.map((line) => `  ${' '.repeat(9)} ${line}`)];
}

function round(ms: number): number {
  return Math.round(ms);
}
