import { Readable, Writable } from 'node:stream';
import type { ExecEnd, ExecStream } from '../../ports/exec.ts';
import { channel, type ExecSocket } from './exec-socket.ts';
import { readExecStatus } from './exec-status.ts';

/** Stdout that nobody reads is held back at the server beyond this; stderr beyond this is dropped. */
const bufferBytes = 1024 * 1024;

/** An exec stream whose socket is still to come: frames may be handed in as soon as they arrive. */
export interface PendingExecStream {
  readonly frame: (channel: number, data: Buffer) => void;
  /**
   * Binds the opened socket; from here on the stream ends when the socket does. The socket is pinged every period and
   * given up when one passes in which nothing was heard.
   */
  attach(socket: ExecSocket, keepAliveMs: number): void;
  /** Ends the stream as lost and closes the socket. */
  abandon(cause: string): void;
  readonly stream: ExecStream;
}

/** Makes a stream that waits for its socket. */
export function createExecStream(): PendingExecStream {
  let socket: ExecSocket | undefined;
  let paused = false;
  let finished = false;
  let heard = true;
  let settle: (end: ExecEnd) => void = () => {};
  const ended = new Promise<ExecEnd>((resolve) => {
    settle = resolve;
  });
  const stdout = new Readable({
    highWaterMark: bufferBytes,
    read: () => {
      if (!paused) return;
      paused = false;
      heard = true;
      socket?.resume();
    },
  });
  const stderr = new Readable({ highWaterMark: bufferBytes, read: () => {} });
  const stdin = createStdin(() => socket);

  const finish = (end: ExecEnd) => {
    if (finished) return;
    finished = true;
    settle(end);
    stdout.push(null);
    stderr.push(null);
    stdin.destroy();
    socket?.resume();
    socket?.close();
  };

  return {
    frame: (number, data) => {
      heard = true;
      if (finished) return;
      if (number === channel.stdout && data.length > 0 && !stdout.push(data)) {
        paused = true;
        socket?.pause();
      }
      if (number === channel.stderr && data.length > 0 && stderr.readableLength < bufferBytes) stderr.push(data);
      if (number === channel.status && data.length > 0) finish(readExecStatus(data));
    },
    attach: (opened, keepAliveMs) => {
      socket = opened;
      if (paused) opened.pause();
      if (finished) return opened.close();
      opened.on('pong', () => {
        heard = true;
      });
      const ping = () => {
        // Nothing is read from a paused socket, so nothing can be heard from it.
        if (!heard && !paused) return opened.terminate();
        heard = false;
        opened.ping();
      };
      // After this process was held up, what came in meanwhile is read before the verdict.
      const pinging = setInterval(() => setImmediate(ping), keepAliveMs);
      pinging.unref();
      opened.once('close', (code) => {
        clearInterval(pinging);
        finish({ kind: 'lost', cause: `the exec socket closed (code ${code}) before the command's status came` });
      });
    },
    abandon: (cause) => {
      finish({ kind: 'lost', cause });
      socket?.terminate();
    },
    stream: { stdin, stdout, stderr, ended, close: () => finish({ kind: 'lost', cause: 'closed by netproof' }) },
  };
}

/** Writes go to the socket one by one, as fast as it takes them; the end closes the command's stdin (v5 protocol). */
function createStdin(socket: () => ExecSocket | undefined): Writable {
  const send = (data: Uint8Array, done: (error?: Error | null) => void) => {
    const open = socket();
    if (open === undefined) done(new Error('the exec socket is not open'));
    else open.send(data, done);
  };
  const stdin = new Writable({
    write: (chunk: Buffer, _encoding, done) => send(Buffer.concat([Buffer.of(channel.stdin), chunk]), done),
    final: (done) => {
      if (socket()?.protocol === 'v5.channel.k8s.io') send(Buffer.of(channel.close, channel.stdin), done);
      else
        done(
          new Error('this API server cannot close stdin of a command: it needs v5.channel.k8s.io (Kubernetes 1.30)'),
        );
    },
  });
  // A broken socket is told by `ended`; a write into it need not be caught by everyone.
  stdin.on('error', () => {});
  return stdin;
}
