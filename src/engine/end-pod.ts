import { ClusterError } from '../core/diagnostics/errors.ts';
import { splitName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import type { ChangeTimes, KubeObject } from '../ports/cluster.ts';
import { detach } from './detach.ts';
import type { LiveScenario } from './run-step.ts';

/** How long a pod may take to end, in ms. */
const END_TIMEOUT_MS = 60_000;
/** How long its sandbox may take to be taken down where the cluster says nothing of it, in ms. */
const SANDBOX_MS = 5_000;
const LOOK_MS = 100;

const PHASES = { completed: 'Succeeded', failed: 'Failed' } as const;

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/**
 * Has a pod's process end, and waits until the pod is Succeeded or Failed and its sandbox, with its address, is gone (API:
 * condition `PodReadyToStartContainers`). Rejects with `ClusterError` `pod-goes-on` when it does not end.
 */
export async function endPod(
  { pod, how }: Extract<Churn, { kind: 'end-pod' }>,
  live: LiveScenario,
): Promise<ChangeTimes> {
  const { clock, cluster, names, signal, workloads } = live;
  const { namespace, name } = splitName(pod);
  const ref = { namespace: names.namespace(namespace), name };
  await detach([pod], live);
  const sentMs = clock.now();
  // The stream may end before the command's status comes: it ends what it runs in.
  await cluster.run(ref, workloads.endCommand(how), { signal, timeoutMs: END_TIMEOUT_MS });
  let endedMs: number | undefined;
  for (;;) {
    const status = statusOf(await cluster.get({ apiVersion: 'v1', kind: 'Pod', ...ref }, { signal }));
    const now = clock.now();
    if (status.phase === PHASES[how]) endedMs ??= now;
    if (endedMs !== undefined && (hasNoSandbox(status) || now - endedMs >= SANDBOX_MS))
      return { sentMs, answeredMs: now };
    if (endedMs === undefined && now - sentMs > END_TIMEOUT_MS) throw goesOn(pod, how, status);
    await clock.sleep(LOOK_MS, signal);
  }
}

function statusOf(pod: KubeObject | undefined): PodStatus {
  return (pod?.status ?? {}) as PodStatus;
}

function hasNoSandbox({ conditions = [] }: PodStatus): boolean {
  return conditions.some(({ type, status }) => type === 'PodReadyToStartContainers' && status === 'False');
}

function goesOn(pod: string, how: keyof typeof PHASES, { phase = 'gone or new' }: PodStatus): ClusterError {
  return new ClusterError({
    code: 'pod-goes-on',
    message: `pod ${pod} was to be ${PHASES[how]} and is ${phase} after ${END_TIMEOUT_MS / 1_000} s`,
    hint: 'see what it does: kubectl describe pod',
  });
}
