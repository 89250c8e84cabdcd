import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { withPatience } from './patience.ts';
import type { LineStream } from './stream.ts';

const CHECK_MS = 1000;

/** What keeps a stream up, and who is told. */
export interface KeptStreamOptions {
  readonly clock: Clock;
  /** Ends it; nothing is told then. */
  readonly signal: AbortSignal;
  /** Opens the stream; rejects when that failed this time. */
  readonly open: () => Promise<LineStream>;
  /** Whether it is no use to open it again. */
  readonly isFinal?: () => boolean;
  /** Called every second; may close a stream that is dead although nobody said so. */
  readonly check: (stream: LineStream) => void;
  readonly onOpen?: (stream: LineStream) => void;
  readonly onBroken?: (reason: string) => void;
  /** It could not be opened again. */
  readonly onLost: (cause: string) => void;
}

/** Opens a stream, rejecting when that fails, and opens it again whenever it breaks. `over` settles at its end. */
export async function keepStream(options: KeptStreamOptions): Promise<{ readonly over: Promise<void> }> {
  const { clock, signal, open, isFinal, onOpen, onBroken, onLost } = options;
  const openAgain = (): Promise<LineStream> =>
    withPatience({ clock, signal, attempt: open, isFinal: (failure) => isFinal?.() === true || podIsGone(failure) });

  async function keep(first: LineStream): Promise<void> {
    let stream = first;
    for (;;) {
      onOpen?.(stream);
      const reason = await watch(stream, options);
      stream.close();
      onBroken?.(reason);
      if (signal.aborted) return;
      try {
        stream = await openAgain();
      } catch (error) {
        if (!signal.aborted) onLost(`${reason}; then: ${(error as Error).message}`);
        return;
      }
    }
  }

  return { over: keep(await openAgain()) };
}

/** Settles with why the stream ended. */
async function watch(stream: LineStream, { clock, signal, check }: KeptStreamOptions): Promise<string> {
  const ended = new AbortController();
  const reason = stream.ended.finally(() => ended.abort());
  const idle = AbortSignal.any([signal, ended.signal]);
  while (!idle.aborted) {
    await clock.sleep(CHECK_MS, idle).catch(() => {});
    if (!idle.aborted) check(stream);
  }
  return signal.aborted ? 'closed' : reason;
}

/** A pod that was deleted never comes back under its name; a container that is only restarting does. */
function podIsGone(failure: unknown): boolean {
  return failure instanceof ClusterError && failure.code === 'api-not-found' && /\bpods? "/.test(failure.message);
}
