import { basename } from 'node:path';
import { ClusterError } from '../../core/diagnostics/errors.ts';

/** How a command ended, as far as it matters for the message. */
export interface CommandEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** Error code of the operating system when the command could not be started, e.g. `ENOENT`. */
  readonly startFailure: string | undefined;
}

/** What is known about a failed command besides its end. */
export interface CommandFacts {
  readonly program: string;
  readonly cwd: string | undefined;
  /** Pasteable. */
  readonly command: string;
  readonly title: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly tail: readonly string[];
  readonly logFile: string | undefined;
  readonly hint: string | undefined;
  readonly cause: unknown;
}

const causeOf = (end: CommandEnd, facts: CommandFacts): { readonly code: string; readonly text: string } => {
  const program = basename(facts.program);
  if (end.startFailure === 'ENOENT') {
    return { code: 'command-not-found', text: `"${facts.program}" was not found${atFolder(facts.cwd)}` };
  }
  if (end.startFailure !== undefined) {
    return { code: 'command-not-started', text: `"${facts.program}" could not be started (${end.startFailure})` };
  }
  if (end.timedOut) {
    return {
      code: 'command-timed-out',
      text: `${program} was stopped after ${(facts.timeoutMs ?? 0) / 1000} s without an end`,
    };
  }
  if (end.signal === 'SIGKILL') {
    return { code: 'command-killed', text: `${program} was killed (SIGKILL): the machine may be out of memory` };
  }
  if (end.signal !== undefined) return { code: 'command-killed', text: `${program} was ended by ${end.signal}` };
  return { code: 'command-failed', text: `${program} failed with exit code ${end.exitCode ?? '?'}` };
};

const atFolder = (cwd: string | undefined): string => (cwd === undefined ? '' : ` (started in ${cwd})`);

/** The error of a failed command: its most specific cause, its last line, and everything else as fields. */
export const commandFailure = (end: CommandEnd, facts: CommandFacts): ClusterError => {
  const { code, text } = causeOf(end, facts);
  const title = facts.title === undefined ? '' : `${facts.title}: `;
  const lastLine = facts.tail.at(-1);
  return new ClusterError({
    code,
    message: `${title}${text}${lastLine === undefined ? '' : `: ${lastLine}`}`,
    command: facts.command,
    ...(facts.tail.length > 0 && { outputTail: facts.tail.join('\n') }),
    ...(facts.logFile !== undefined && { logFile: facts.logFile }),
    ...(facts.hint !== undefined && { hint: facts.hint }),
    cause: facts.cause,
  });
};
