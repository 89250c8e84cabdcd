import { ClusterError } from '../../core/diagnostics/errors.ts';
import { fullName } from '../../core/model/pod-name.ts';
import type { Cluster, PodRef } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { Endpoint } from './endpoint.ts';
import { execPath, openExecSocket, RefusedHandshake } from './exec-socket.ts';
import { createExecStream } from './exec-stream.ts';

const openingMs = 10_000;

/**
 * Opens commands in containers. `timeoutMs` bounds the opening (10 s by default); the signal closes the stream at any time.
 * Rejects with `ClusterError` and the API server's own words when it refuses.
 */
export function createExec(endpoint: Endpoint, keepAliveMs: number): Cluster['exec'] {
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
      throw opening.signal.aborted ? notInTime(pod, command) : notOpened(pod, endpoint, cause);
    } finally {
      clearTimeout(expiry);
    }
    pending.stream.ended.then(() => options.signal?.removeEventListener('abort', abandon));
    return pending.stream;
  };
}

const doing = (pod: PodRef) => `exec in pod ${fullName(pod)}`;

/** In the server's own words where it answered at all. */
function notOpened(pod: PodRef, endpoint: Endpoint, cause: unknown): ClusterError {
  if (cause instanceof RefusedHandshake) return refusal(doing(pod), cause);
  return new ClusterError({
    code: 'cluster-unreachable',
    message: `cannot ${doing(pod)}: ${cause instanceof Error ? cause.message : String(cause)} (${endpoint.description})`,
    hint: 'Is the cluster up, and is this the right kubeconfig and context?',
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
