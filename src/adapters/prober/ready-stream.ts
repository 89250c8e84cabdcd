import { once } from 'node:events';
import { type LineStream, type LineStreamOptions, openLineStream } from './stream.ts';

const READY_MS = 15_000;

/** Opens a stream and waits until its program is ready. Rejects with what went wrong; the stream is closed then. */
export async function openReadyStream(
  options: LineStreamOptions & { readonly ready: (stream: LineStream) => Promise<void> },
): Promise<LineStream> {
  const stream = await openLineStream(options);
  const given = new AbortController();
  const late = AbortSignal.any([options.signal, AbortSignal.timeout(READY_MS)]);
  const expired = once(late, 'abort', { signal: given.signal }).then(() => `was not ready in ${READY_MS} ms`);
  const ready = options.ready(stream).then(() => undefined);
  const failure = await Promise.race([ready, stream.ended, expired]);
  given.abort();
  expired.catch(() => {});
  if (failure === undefined) return stream;
  stream.close();
  throw new Error(failure);
}
