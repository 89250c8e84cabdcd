/** Why a process was stopped from outside. */
type StopReason = 'aborted' | 'timed-out';

/** Watches over a running process group. */
export interface GroupStop {
  /** Why the group was stopped, if it was. */
  reason(): StopReason | undefined;
  /** The group's leader has ended: kills what is left of a stopped group, and stops watching. */
  release(): void;
}

const forceKillAfterMs = 5_000;

const signalGroup = (leader: number, name: NodeJS.Signals): void => {
  try {
    process.kill(-leader, name);
  } catch {
    // The group is gone already.
  }
};

/**
 * Stops a process with everything that it has started (a shell script's children outlive the script otherwise), when a
 * signal aborts or a time is over: SIGTERM, 5 s later SIGKILL. The process has to lead a group of its own.
 */
export const stopGroupWhen = (
  leader: number,
  when: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number | undefined },
): GroupStop => {
  let reason: StopReason | undefined;
  let force: NodeJS.Timeout | undefined;
  const stop = (why: StopReason): void => {
    if (reason !== undefined) return;
    reason = why;
    signalGroup(leader, 'SIGTERM');
    force = setTimeout(() => signalGroup(leader, 'SIGKILL'), forceKillAfterMs);
  };
  const onAbort = (): void => stop('aborted');
  when.signal?.addEventListener('abort', onAbort);
  const timeout = when.timeoutMs === undefined ? undefined : setTimeout(() => stop('timed-out'), when.timeoutMs);
  return {
    reason: () => reason,
    release() {
      when.signal?.removeEventListener('abort', onAbort);
      clearTimeout(timeout);
      clearTimeout(force);
      if (reason !== undefined) signalGroup(leader, 'SIGKILL');
    },
  };
};
