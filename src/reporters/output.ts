import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { TerminalStream } from './progress-terminal.ts';

/** Where the terminal reporter prints. */
export interface Output {
  /** Prints lines that stay. */
  print(lines: readonly string[]): void;
  /** Replaces the live lines below what stays; empty removes them. Does nothing where the cursor cannot move. */
  live(text: string): void;
  readonly width: number;
  /** Lines of the terminal. */
  readonly rows: number;
  readonly colour: boolean;
}

/** Width for streams that have none, such as a CI log. */
const FALLBACK_WIDTH = 100;
/** Lines of a terminal that does not say how many it has. */
const FALLBACK_ROWS = 24;

/** Output on a stream: live on a terminal, plain lines in CI, pipes and files; colours follow the stream and NO_COLOR. */
export function outputOn(
  stream: TerminalStream & { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = process.env,
): Output {
  const moves = stream.isTTY === true && !env.CI && env.TERM !== 'dumb';
  const draw = moves ? createLogUpdate(stream) : undefined;
  let shown = '';
  return {
    print(lines) {
      draw?.clear();
      for (const line of lines) stream.write(`${line}\n`);
      if (shown !== '') draw?.(shown);
    },
    live(text) {
      shown = text;
      if (text === '') draw?.clear();
      else draw?.(text);
    },
    get width() {
      return stream.columns ?? FALLBACK_WIDTH;
    },
    get rows() {
      return stream.rows ?? FALLBACK_ROWS;
    },
    colour: styleText('red', 'x', { stream }) !== 'x',
  };
}
