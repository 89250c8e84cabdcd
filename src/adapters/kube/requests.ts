import type { Clock } from '../../ports/clock.ts';
import type { CallOptions } from '../../ports/cluster.ts';
import { isBadPatch, outOfTime, unreachable } from './api-errors.ts';
import type { Endpoint } from './endpoint.ts';
import { type ApiRequest, type ApiResponse, type Transport, TransportError } from './transport.ts';

/** One attempt may take this long when the caller sets no limit. */
const attemptMs = 15_000;
const firstBackoffMs = 250;
const longestBackoffMs = 2_000;

/** Network errors that a later attempt may not meet. Certificate errors, for one, are not among them. */
const transientCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/** Sends idempotent requests and repeats them while the server is busy, failing or away. */
export type Send = (request: ApiRequest, options?: CallOptions) => Promise<ApiResponse>;

/**
 * A `Send` that repeats after 429 (obeying Retry-After), 5xx and lost or refused connections, as long as a new attempt
 * would begin within `retryMs`. The answer's `sentMs` is that of the first attempt that may have taken effect.
 * Rejects with `ClusterError` when no answer came; the last answer is handed back whatever its status.
 */
export function createSend(settings: {
  readonly transport: Transport;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly retryMs: number;
}): Send {
  const { transport, endpoint, clock, retryMs } = settings;
  return async (request, options = {}) => {
    const started = clock.now();
    const limit = options.timeoutMs ?? Number.POSITIVE_INFINITY;
    let firstSent: number | undefined;
    for (let backoff = firstBackoffMs; ; backoff = Math.min(backoff * 2, longestBackoffMs)) {
      options.signal?.throwIfAborted();
      const left = limit - (clock.now() - started);
      const bound = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(attemptMs, left))));
      const signal = options.signal === undefined ? bound : AbortSignal.any([options.signal, bound]);
      const outcome = await attempt(transport, request, signal);
      options.signal?.throwIfAborted();
      if (mayHaveActed(outcome)) firstSent ??= outcome.sentMs;
      const wait = retryDelay(outcome, backoff);
      const nextAt = clock.now() - started + (wait ?? 0);
      if (wait === undefined || nextAt > Math.min(retryMs, limit)) {
        if ('status' in outcome) return { ...outcome, sentMs: firstSent ?? outcome.sentMs };
        if (bound.aborted) throw outOfTime(request, endpoint, clock.now() - started);
        throw unreachable(request, endpoint, outcome);
      }
      await clock.sleep(wait, options.signal);
    }
  };
}

async function attempt(
  transport: Transport,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<ApiResponse | TransportError> {
  try {
    return await transport.send(request, signal);
  } catch (error) {
    if (error instanceof TransportError) return error;
    throw error;
  }
}

/** 429 is refused at the door and a connection that never stood carried nothing; anything else may have worked. */
function mayHaveActed(outcome: ApiResponse | TransportError): boolean {
  return 'status' in outcome ? outcome.status !== 429 : outcome.sentMs !== undefined;
}

/** Milliseconds until the next attempt; undefined when there is to be none. */
function retryDelay(outcome: ApiResponse | TransportError, backoff: number): number | undefined {
  if (outcome instanceof TransportError) return isTransient(outcome) ? backoff : undefined;
  if (outcome.status === 429 || (outcome.status >= 500 && !isBadPatch(outcome))) return outcome.retryAfterMs ?? backoff;
  return undefined;
}

function isTransient({ cause }: TransportError): boolean {
  const { code, name } = cause as NodeJS.ErrnoException;
  return name === 'TimeoutError' || (code !== undefined && transientCodes.has(code));
}
