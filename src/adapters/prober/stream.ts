import type { Cluster, PodRef } from '../../ports/cluster.ts';
import type { ExecEnd } from '../../ports/exec.ts';
import { onLines, tailOf } from './lines.ts';

/** A command in a pod that is spoken to in lines. */
export interface LineStream {
  /** Writes a line; silently nothing once the stream has ended. */
  say(line: string): void;
  /** Settles with the reason when the stream is over, never rejects. */
  readonly ended: Promise<string>;
  /** Ends the command's input and closes the stream. */
  close(): void;
}

/** What to run where, and who reads its lines; a reader that throws ends the stream. */
export interface LineStreamOptions {
  readonly cluster: Cluster;
  readonly pod: PodRef;
  readonly command: readonly string[];
  readonly onLine: (line: string) => void;
  readonly signal: AbortSignal;
}

const OPEN_MS = 15_000;

function reasonOf(end: ExecEnd, stderr: string): string {
  const words = stderr === '' ? '' : `: ${stderr}`;
  return end.kind === 'lost' ? `stream lost: ${end.cause}${words}` : `exited with ${end.code}${words}`;
}

/** Starts a command in a pod and hands over its lines, until it is closed. Rejects when the stream cannot be opened. */
export async function openLineStream(options: LineStreamOptions): Promise<LineStream> {
  const { cluster, pod, command, onLine, signal } = options;
  const exec = await cluster.exec(pod, command, { signal, timeoutMs: OPEN_MS });
  let over = false;
  const words = tailOf(exec.stderr, 500);
  const broken = new Promise<string>((resolve) => {
    onLines(exec.stdout, (line) => {
      if (over) return;
      try {
        onLine(line);
      } catch (error) {
        resolve(String(error));
      }
    });
    for (const stream of [exec.stdin, exec.stdout, exec.stderr]) {
      stream.on('error', (error: Error) => resolve(`stream lost: ${error.message}`));
    }
  });
  const ended = Promise.race([broken, exec.ended.then((end) => reasonOf(end, words()))]).finally(() => {
    over = true;
  });
  return {
    say: (line) => {
      if (!over && exec.stdin.writable) exec.stdin.write(`${line}\n`);
    },
    ended,
    close: () => {
      over = true;
      exec.stdin.end();
      exec.close();
    },
  };
}
