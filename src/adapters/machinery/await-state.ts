import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallOptions } from '../../ports/cluster.ts';

/** Time between two looks, in ms. */
const LOOK_MS = 250;
/** How long agents, controllers and nodes may take, in ms: the kubelet waits up to 80 s before a third restart. */
const READY_LIMIT_MS = 180_000;

/** What is waited for. */
export interface AwaitedState {
  readonly clock: Clock;
  /** e.g. "the agents are ready again". */
  readonly what: string;
  /** What is still missing; undefined once nothing is. A look that fails counts as missing. */
  readonly missing: () => Promise<string | undefined>;
}

/** Looks until nothing is missing. Rejects with `ClusterError` `machinery-not-ready` and what was missing last. */
export async function awaitState({ clock, what, missing }: AwaitedState, { signal }: CallOptions): Promise<void> {
  const untilMs = clock.now() + READY_LIMIT_MS;
  for (;;) {
    const left = await missing().catch((error: unknown) => {
      signal?.throwIfAborted();
      return error instanceof Error ? error.message : String(error);
    });
    if (left === undefined) return;
    if (clock.now() >= untilMs) throw notReady(what, left);
    await clock.sleep(LOOK_MS, signal);
  }
}

function notReady(what: string, left: string): ClusterError {
  return new ClusterError({
    code: 'machinery-not-ready',
    message: `waited ${READY_LIMIT_MS / 1_000} s until ${what}: ${left}`,
    hint: 'see the pods of the plugin; "netproof clean" starts again what a run stopped',
  });
}
