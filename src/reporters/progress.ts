import type { Progress } from '../ports/progress.ts';
import { plainProgress } from './progress-plain.ts';
import { type TerminalStream, terminalProgress } from './progress-terminal.ts';

/**
 * The progress reporter that fits a stream: drawn live on a terminal, plain lines in CI (`CI` set), on a terminal that
 * cannot move its cursor (`TERM=dumb`) or has no width, and in pipes and files.
 */
export function progressFor(
  stream: TerminalStream & { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = process.env,
): Progress & Disposable {
  const live = stream.isTTY === true && stream.columns !== 0 && !env.CI && env.TERM !== 'dumb';
  return live ? terminalProgress(stream) : plainProgress({ write: (line) => stream.write(line) });
}
