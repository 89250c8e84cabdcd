import { cellName } from '../core/matrix/cell.ts';
import { withoutRemedy } from '../core/oracle/explain-text.ts';
import { failureName } from '../core/result/failure-name.ts';
import type { CellResult, FailureResult, StepResult } from '../core/result/result.ts';
import { attemptsOf, connectionWhen, observedIn, whenIn } from './failure-words.ts';
import { counted } from './words.ts';
import { hung } from './wrap.ts';

/** One thing that is said of a failed or unknown cell; the text may have several lines. */
type Fact = readonly [
  label: 'expected' | 'observed' | 'when' | 'attempts' | 'why' | 'repeat' | 'scene' | 'evidence',
  text: string,
];

/** What is asked of the step that a failure belongs to. */
export type FailedStep = Pick<StepResult, 'cells' | 'changes'>;

/** Lines of an explanation that are printed: where nothing is enforced, every policy of the cell speaks in it. */
const SHOWN_LINES = 12;

/**
 * What is said of a failed or unknown cell: what was expected and observed, when, how often, why by the policies, and a
 * command that repeats it.
 */
export function failureFacts(failure: FailureResult, step: FailedStep): readonly Fact[] {
  const { connection } = failure;
  const cell = connection ? undefined : step.cells.find((candidate) => cellName(candidate) === failure.cell);
  const observed = failure.reasons.map((reason) => observedIn(reason));
  return [
    ['expected', failure.expected],
    ['observed', [...new Set(observed)].join('; ') || 'nothing'],
    ...failure.reasons.flatMap((reason): Fact[] =>
      reason.code === 'unknown'
        ? []
        : [['when', connection ? connectionWhen(failure, step) : whenIn(reason, failure.at_ms, step)]],
    ),
    ...(cell ? [['attempts', attemptsOf(cell)] as const] : []),
    ['why', whyOf(failure)],
    ['repeat', failure.repro],
    ...sceneOf(failure, cell),
    ...(failure.evidence === null ? [] : [['evidence', failure.evidence] as const]),
  ];
}

/**
 * A failed or unknown cell or connection for people, as reports in text print it, in lines of at most `width` characters; a command
 * stays in one, to be copied. The first is the cell's name.
 */
export function failureLines(
  failure: FailureResult,
  step: FailedStep,
  width: number = Number.POSITIVE_INFINITY,
): string[] {
  const facts = failureFacts(failure, step).flatMap((fact) =>
    labelled(fact, isCommand(fact) ? Number.POSITIVE_INFINITY : width),
  );
  return [...hung(failureName(failure), width), ...facts];
}

/** The rule that decides; of a cell that has to be closed not how to open it. */
function whyOf({ expected, explanation }: FailureResult): string {
  const text = expected === 'closed' ? withoutRemedy(explanation) : explanation;
  const lines = text.trimEnd().split('\n');
  const hidden = lines.length - SHOWN_LINES;
  if (hidden <= 0) return lines.join('\n');
  return [...lines.slice(0, SHOWN_LINES), `and ${counted(hidden, 'more line')} in the result`].join('\n');
}

/** What the command needs around it: pods and policies went with the run. A sentence in its place says so itself. */
function sceneOf({ repro, evidence }: FailureResult, cell: CellResult | undefined): readonly Fact[] {
  if (!isCommand(['repeat', repro])) return [];
  const scripted = evidence !== null && cell !== undefined && SCRIPTED.has(cell.path);
  const how = scripted
    ? 'repro.sh in the evidence makes them again, and dials'
    : 'make them again under their own names';
  return [['scene', `the run removed its pods and policies: ${how}`]];
}

/** Paths that the evidence's script dials. */
const SCRIPTED: ReadonlySet<CellResult['path']> = new Set(['pod-ip', 'cluster-ip', 'dns']);

/** Whether a fact is a command, rather than the sentence that stands for one. */
function isCommand([label, text]: Fact): boolean {
  return label === 'repeat' && text.startsWith('kubectl ');
}

/** A label and its text, further lines of the text below its first. */
function labelled([label, text]: Fact, width: number): string[] {
  const [first = '', ...rest] = text.split('\n');
  const head = `  ${label.padEnd(9)} `;
  const place = ' '.repeat(head.length);
  return [...hung(head + first, width, head.length), ...rest.flatMap((line) => hung(place + line, width))];
}
