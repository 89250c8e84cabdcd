import { styleText } from 'node:util';
import { ClusterError, NetproofError, type Problem, ScenarioError } from '../core/diagnostics/errors.ts';
import { formatPosition } from '../core/diagnostics/position.ts';

/** How an error is printed. */
export interface ErrorFormat {
  /** Colours, where this stream takes them; plain text without it. */
  readonly stream?: NodeJS.WritableStream;
}

/**
 * An error for people, several lines without a final newline: what happened, the command that failed with its last
 * lines, where the full log is, what to try. Mistakes in files come as `file:line:column` lines. Anything that is not
 * netproof's own error is a defect of netproof and keeps its stack.
 */
export function formatError(error: unknown, { stream }: ErrorFormat = {}): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    stream === undefined ? text : styleText(format, text, { stream });
  if (error instanceof ScenarioError) {
    return error.problems.map((problem) => problemLines(problem, paint)).join('\n');
  }
  if (error instanceof NetproofError) {
    return [
      `${paint('red', 'error')}: ${error.message} ${paint('dim', `(${error.code})`)}`,
      ...(error instanceof ClusterError ? commandLines(error, paint) : []),
      ...causeLines(error.cause, error.message),
      ...(error.hint === undefined ? [] : [`  try:      ${error.hint}`]),
    ].join('\n');
  }
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return `${paint('red', 'internal error')}: ${text}`;
}

type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

function problemLines({ code, message, hint, position }: Problem, paint: Paint): string {
  const place = position === undefined ? '' : `${paint('bold', formatPosition(position))}: `;
  const line = `${place}${message} ${paint('dim', `(${code})`)}`;
  return hint === undefined ? line : `${line}\n  try:      ${hint}`;
}

function commandLines({ command, outputTail, logFile }: ClusterError, paint: Paint): readonly string[] {
  return [
    ...(command === undefined ? [] : [`  command:  ${command}`]),
    ...(outputTail ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => paint('dim', `  | ${line}`)),
    ...(logFile === undefined ? [] : [`  full log: ${logFile}`]),
  ];
}

/** Messages of the causes, each once, as long as they say something that the one above does not. */
function causeLines(cause: unknown, said: string): readonly string[] {
  if (!(cause instanceof Error)) return [];
  const news = cause.message !== '' && !said.includes(cause.message);
  return [...(news ? [`  because:  ${cause.message}`] : []), ...causeLines(cause.cause, news ? cause.message : said)];
}
