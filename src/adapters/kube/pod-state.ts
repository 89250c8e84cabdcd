import type { KubeObject } from '../../ports/cluster.ts';

/** The parts of `Pod` (core/v1) that say whether and why not it runs. Raw JSON, so everything may be absent. */
interface PodStatus {
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly podIP?: string;
  readonly conditions?: readonly Condition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: unknown;
  readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly message?: string };
}

const statusOf = (pod: KubeObject): PodStatus => (pod.status ?? {}) as PodStatus;

/** Ready, with an address, and not on its way out. What kubelets' probes come to is not waited for: scenarios ask it, or want it to fail. */
export function isReady(pod: KubeObject): boolean {
  const { conditions, podIP } = statusOf(pod);
  const ready = conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  return (ready || isReadyUnprobed(pod)) && Boolean(podIP) && pod.metadata.deletionTimestamp === undefined;
}

/** Whether of a pod with probed containers all others are ready. */
function isReadyUnprobed(pod: KubeObject): boolean {
  const { containers = [] } = (pod.spec ?? {}) as {
    readonly containers?: readonly { readonly name: string; readonly readinessProbe?: object }[];
  };
  const probed = containers.filter(({ readinessProbe }) => readinessProbe !== undefined).map(({ name }) => name);
  const { containerStatuses = [], initContainerStatuses = [] } = statusOf(pod);
  const ready = [...containerStatuses, ...initContainerStatuses].filter((container) => container.ready === true);
  const names = ready.map(({ name }) => name);
  return probed.length > 0 && containers.every(({ name }) => probed.includes(name) || names.includes(name));
}

/** A pod that ended and is not restarted can never get Ready. */
export function hasEnded(pod: KubeObject): boolean {
  const { phase } = statusOf(pod);
  return phase === 'Failed' || phase === 'Succeeded';
}

/**
 * Waiting for it is most likely no use: an image that cannot be had, a container that cannot be made or that crashes
 * again and again (kubelet: reasons of `state.waiting`). A registry may hiccup once, so it has to last to be believed.
 */
export function isStuck(pod: KubeObject): boolean {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses].some(({ state }) => STUCK.has(state?.waiting?.reason ?? ''));
}

const STUCK: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CrashLoopBackOff',
]);

/** One line on why a pod is not ready: the most specific words that the cluster gives. */
export function describePod(pod: KubeObject): string {
  const status = statusOf(pod);
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled');
  if (pod.metadata.deletionTimestamp !== undefined) return 'is being deleted';
  if (scheduled?.status === 'False') return `is not scheduled: ${words(scheduled)}`;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const troubles = containers.flatMap(containerTrouble);
  if (troubles.length > 0) return troubles.join('; ');
  if (hasEnded(pod)) return `has ended (${status.phase}): ${words(status)}`;
  const unready = containers.filter(({ ready }) => ready !== true).map(({ name }) => name);
  if (status.phase === 'Running' && unready.length > 0) return `runs, but ${unready.join(', ')} does not report ready`;
  return `is ${status.phase ?? 'without status'}${status.podIP ? '' : ', without an address'}`;
}

/** Containers that crashed at least once: their earlier log says why. */
export function crashedContainers(pod: KubeObject): readonly { readonly name: string; readonly restarted: boolean }[] {
  const { initContainerStatuses = [], containerStatuses = [] } = statusOf(pod);
  return [...initContainerStatuses, ...containerStatuses]
    .filter(({ state, lastState }) => (state?.terminated ?? lastState?.terminated) !== undefined)
    .filter(({ ready }) => ready !== true)
    .map(({ name, restartCount = 0, state }) => ({
      name,
      restarted: restartCount > 0 && state?.terminated === undefined,
    }));
}

function containerTrouble({ name, state, lastState, restartCount = 0, ready }: ContainerStatus): readonly string[] {
  const { waiting } = state ?? {};
  const ended = state?.terminated ?? lastState?.terminated;
  if (ready === true || (waiting === undefined && ended === undefined)) return [];
  if (ended !== undefined && (ended.exitCode !== 0 || waiting !== undefined)) {
    const restarts = restartCount > 0 ? `, restarted ${restartCount} times` : '';
    return [`container ${name} exited with code ${ended.exitCode} (${words(ended)}${restarts})`];
  }
  if (waiting === undefined || waiting.reason === 'PodInitializing' || waiting.reason === 'ContainerCreating')
    return [];
  return [`container ${name} waits: ${words(waiting)}`];
}

const words = ({ reason, message }: { readonly reason?: string; readonly message?: string }): string =>
  [reason, message].filter(Boolean).join(', ') || 'no reason given';
