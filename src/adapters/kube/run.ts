import type { Readable } from 'node:stream';
import type { Cluster } from '../../ports/cluster.ts';
import type { ExecEnd, ExecStream } from '../../ports/exec.ts';

/** Of what a command prints, this much a stream is kept. */
const outputBytes = 1024 * 1024;

/**
 * Runs commands to their end on top of `exec`. `timeoutMs` bounds the whole run: past it the result is `lost`, with
 * what was printed so far. Rejects as `exec` does, and with the signal's reason when that aborts.
 */
export function createRun(exec: Cluster['exec']): Cluster['run'] {
  return async (pod, command, options = {}) => {
    const { timeoutMs, stdin, signal } = options;
    const started = performance.now();
    const stream = await exec(pod, command, options);
    const stdout = collect(stream.stdout);
    const stderr = collect(stream.stderr);
    stream.stdin.end(stdin);
    const end = await within(stream, timeoutMs === undefined ? undefined : timeoutMs - (performance.now() - started));
    signal?.throwIfAborted();
    return { end, stdout: await stdout, stderr: await stderr };
  };
}

/** The stream's end; past the limit the stream is closed. */
async function within(stream: ExecStream, limitMs: number | undefined): Promise<ExecEnd> {
  if (limitMs === undefined) return stream.ended;
  let expired = false;
  const deadline = setTimeout(() => {
    expired = true;
    stream.close();
  }, limitMs);
  const end = await stream.ended;
  clearTimeout(deadline);
  return expired ? { kind: 'lost', cause: 'the command did not end in time' } : end;
}

/** All of a stream that fits; the rest is read and dropped, so that the command can go on. */
async function collect(output: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let room = outputBytes;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    const kept = chunk.subarray(0, room);
    room -= kept.length;
    if (kept.length > 0) chunks.push(kept);
  }
  return Buffer.concat(chunks).toString('utf8');
}
