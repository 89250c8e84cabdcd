import { ClusterError, type NetproofError } from '../../core/diagnostics/errors.ts';
import type { CallOptions, Cluster, PodRef } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { Endpoint } from './endpoint.ts';
import { execPath, openExecSocket } from './exec-socket.ts';
import { createExecStream } from './exec-stream.ts';
import type { Send } from './requests.ts';

const openingMs = 10_000;

/**
 * Opens commands in containers. `timeoutMs` bounds the opening (10 s by default); the signal closes the stream at any time.
 * Rejects with `ClusterError` and the API server's own words when it refuses.
 */
export function createExec(settings: {
  readonly endpoint: Endpoint;
  readonly send: Send;
  readonly keepAliveMs: number;
}): Cluster['exec'] {
  const { endpoint, send, keepAliveMs } = settings;
  return async (pod, command, options = {}) => {
    options.signal?.throwIfAborted();
    const path = execPath(pod, command);
    const pending = createExecStream();
    // Not a signal that outlives the opening: an abort after the upgrade would cut the open socket.
    const opening = new AbortController();
    const abandon = () => {
      opening.abort();
      pending.abandon('aborted');
    };
    options.signal?.addEventListener('abort', abandon, { once: true });
    const expiry = setTimeout(() => opening.abort(), options.timeoutMs ?? openingMs);
    try {
      const socket = await openExecSocket(endpoint.kube, path, { opening: opening.signal, frame: pending.frame });
      pending.attach(socket, keepAliveMs);
    } catch (cause) {
      options.signal?.throwIfAborted();
      throw opening.signal.aborted ? notInTime(pod, command) : await refused({ pod, path, cause, options, send });
    } finally {
      clearTimeout(expiry);
    }
    pending.stream.ended.then(() => options.signal?.removeEventListener('abort', abandon));
    return pending.stream;
  };
}

const doing = ({ namespace, name }: PodRef) => `exec in pod ${namespace}/${name}`;

/** A refused handshake hides the server's words; the same request without the upgrade gets them. */
async function refused(failure: {
  readonly pod: PodRef;
  readonly path: string;
  readonly cause: unknown;
  readonly options: CallOptions;
  readonly send: Send;
}): Promise<NetproofError> {
  const { pod, path, cause, options, send } = failure;
  const { signal } = options;
  const words = await send({ method: 'GET', path }, signal === undefined ? {} : { signal });
  if (words.status >= 400 && !/upgrade/i.test(words.body)) return refusal(doing(pod), words);
  return new ClusterError({
    code: 'exec-refused',
    message: `cannot ${doing(pod)}: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'The user of this context needs "get" and "create" on pods/exec, and the pod has to be running.',
    cause,
  });
}

function notInTime(pod: PodRef, command: readonly string[]): ClusterError {
  return new ClusterError({
    code: 'exec-timeout',
    message: `cannot ${doing(pod)}: no stream in time for ${JSON.stringify(command.join(' '))}`,
    hint: "The pod's node or its container runtime does not answer; see `kubectl describe node`.",
  });
}
