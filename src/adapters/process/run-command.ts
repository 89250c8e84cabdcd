import { execa } from 'execa';
import { commandFailure } from './command-failure.ts';
import { openCommandLog } from './command-log.ts';
import { commandOutput } from './command-output.ts';
import { shellQuote } from './shell-quote.ts';
import { stopGroupWhen } from './stop-group.ts';

/** How a command runs, and where its output goes. */
export interface CommandOptions {
  /** What the command is for, e.g. "build kubelet v1.37.2": begins the message when it fails. */
  readonly title?: string;
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text for standard input. Without it and `inputFile`, standard input is empty. */
  readonly input?: string;
  /** A file for standard input. */
  readonly inputFile?: string;
  /** A file that standard output is written to, byte for byte, instead of being collected and logged. */
  readonly outputFile?: string;
  /** Everything printed is appended to this file, with the command above it. Its folder is made. */
  readonly logFile?: string;
  /** Called with each line printed, without colour codes. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** What to do when it fails, one sentence. */
  readonly hint?: string;
}

/** What a command that succeeded printed. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command without a shell and waits for its end. Rejects with `ClusterError` (codes `command-not-found`,
 * `command-not-started`, `command-timed-out`, `command-killed`, `command-failed`) carrying the pasteable command, its
 * last 20 lines, the log file and the hint; with the signal's reason when the signal aborts, which ends the command and
 * what it has started (SIGTERM, after 5 s SIGKILL). It runs in a process group of its own: a terminal's Ctrl-C reaches
 * it through the signal only.
 */
export const runCommand = async (
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> => {
  options.signal?.throwIfAborted();
  const pasteable = shellQuote([command, ...args]);
  const log = openCommandLog(options.logFile);
  log.write(`$ ${pasteable}\n`);

  const child = execa(command, args, {
    buffer: false,
    reject: false,
    // Of its own group; execa's own clean-up would end this process on SIGINT before its other handlers are done.
    detached: true,
    cleanup: false,
    stdin: stdinOf(options),
    stdout: options.outputFile === undefined ? 'pipe' : { file: options.outputFile },
    stderr: 'pipe',
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.env !== undefined && { env: options.env }),
    ...(options.input !== undefined && { input: options.input }),
  });
  const group = child.pid === undefined ? undefined : stopGroupWhen(child.pid, options);
  child.nodeChildProcess.once('exit', () => group?.release());
  const output = commandOutput(log, options.onLine);
  const stdout = output.collect(options.outputFile === undefined ? child.stdout : undefined);
  const stderr = output.collect(child.stderr);

  const result = await child;
  const stopped = group?.reason();
  log.write(result.failed ? `# ${stopped ?? 'failed'}: ${result.shortMessage}\n` : '# done\n');
  await log.close();
  if (stopped === 'aborted') options.signal?.throwIfAborted();
  if (!result.failed) return { stdout: stdout(), stderr: stderr() };
  throw commandFailure(
    {
      exitCode: result.exitCode,
      signal: result.signal,
      timedOut: stopped === 'timed-out',
      startFailure: child.pid === undefined ? result.code : undefined,
    },
    {
      program: command,
      cwd: options.cwd,
      command: pasteable,
      title: options.title,
      timeoutMs: options.timeoutMs,
      tail: output.tail,
      logFile: options.logFile,
      hint: options.hint,
      cause: result.cause,
    },
  );
};

const stdinOf = (options: CommandOptions): 'pipe' | 'ignore' | { readonly file: string } => {
  if (options.inputFile !== undefined) return { file: options.inputFile };
  return options.input === undefined ? 'ignore' : 'pipe';
};
