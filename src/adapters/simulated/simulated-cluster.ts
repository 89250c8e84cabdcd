import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { NetworkPolicy } from '../../core/model/policy.ts';
import { appliedOver } from '../../core/model/policy-types.ts';
import type { AddressPin } from '../../ports/address-pin.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ChangeTimes, Cluster, KubeObject, ObjectRef } from '../../ports/cluster.ts';
import { UNREADY_CONTAINER } from '../prober/pods/unready-container.ts';
import { mergePatch } from './merge-patch.ts';
import { ObjectStore, refOf } from './object-store.ts';
import { SimulatedAgents } from './simulated-agents.ts';

/** Annotation with which a simulated pod is given addresses. */
const ADDRESSES = 'simulated/addresses';

/** Range that simulated pods have their addresses of. */
export const SIMULATED_POD_CIDR = '10.244.0.0/16';

/** Tells a simulated cluster the addresses of a pod. */
export const simulatedPin: AddressPin = (ips) => ({ [ADDRESSES]: ips.join() });

/** A cluster that exists in memory only: objects are stored, pods are Ready at once. Nothing in it sends a packet. */
export interface SimulatedCluster extends Cluster {
  readonly store: ObjectStore;
  readonly agents: SimulatedAgents;
  /** Pods get other addresses, and their containers are started once more. */
  restart(pods: readonly KubeObject[]): void;
}

/** Makes an empty simulated cluster with two nodes. */
export function simulatedCluster(clock: Clock): SimulatedCluster {
  const store = new ObjectStore();
  let addresses = 0;
  const changed = async (change: () => void): Promise<ChangeTimes> => {
    const sentMs = clock.now();
    change();
    return { sentMs, answeredMs: clock.now() };
  };
  const noExec = (): never => {
    throw new ClusterError({
      code: 'exec-simulated',
      message: 'a simulated cluster runs no commands',
      hint: 'run without --simulate',
    });
  };
  return {
    store,
    agents: new SimulatedAgents(),
    restart: (pods) => {
      for (const pod of pods) {
        addresses += 1;
        store.put(restarted(pod, addresses, store));
      }
    },
    info: async () => ({
      provider: 'simulated',
      kubernetes: 'simulated',
      nodes: ['node-1', 'node-2'].map((name, index) => ({ name, ips: [`172.30.0.${index + 2}`], ready: true })),
      ipFamilies: ['IPv4'],
    }),
    apply: (object) =>
      changed(() => {
        addresses += 1;
        store.put(object.kind === 'NetworkPolicy' ? overStored(store, object) : withStatus(object, addresses, store));
      }),
    delete: (ref, options) => changed(() => remove(store, ref, options?.graceSeconds)),
    patch: (ref, patch) =>
      changed(() => {
        const object = store.get(ref);
        if (object !== undefined) store.put(mergePatch(object, patch) as KubeObject);
      }),
    get: async (ref) => {
      if (ref.kind === 'ServiceAccount') return { ...ref, metadata: { name: ref.name } };
      return store.get(ref);
    },
    list: async (query) => store.list(query),
    exec: async () => noExec(),
    run: async ({ namespace, name }, command) => {
      const pod = store.get({ apiVersion: 'v1', kind: 'Pod', namespace, name });
      const ended = pod && endedBy(command.join(' '), pod);
      if (ended === undefined) return noExec();
      store.put(ended);
      return { end: { kind: 'lost', cause: 'the container has ended' }, stdout: '', stderr: '' };
    },
    logs: async () => '',
    waitForPods: async (namespace, names) =>
      store.list({ apiVersion: 'v1', kind: 'Pod', namespace }).filter((pod) => names.includes(refOf(pod).name)),
  };
}

interface ServiceSpec {
  readonly clusterIP?: string;
  readonly type?: string;
  readonly ports: readonly object[];
}

/** A pod whose containers take their time to end stays, Terminating, until it is killed or its namespace goes. */
function remove(store: ObjectStore, ref: ObjectRef, graceSeconds: number | undefined): void {
  const object = ref.kind === 'Pod' ? store.get(ref) : undefined;
  const { containers = [] } = (object?.spec ?? {}) as {
    readonly containers?: readonly { readonly lifecycle?: object }[];
  };
  const lingers = graceSeconds !== 0 && containers.some(({ lifecycle }) => lifecycle !== undefined);
  if (object === undefined || !lingers) store.remove(ref);
  else store.put({ ...object, metadata: { ...object.metadata, deletionTimestamp: 'set' } });
}

/** A pod after a command that sends a signal to its first process: the only commands that a simulated cluster knows. */
function endedBy(command: string, pod: KubeObject): KubeObject | undefined {
  const phase = command.includes('SIGTERM') ? 'Succeeded' : command.includes('SIGUSR2') ? 'Failed' : undefined;
  if (phase === undefined) return undefined;
  if ((pod.spec as { readonly restartPolicy?: string }).restartPolicy !== 'Never') return startedAgain(pod, pod.status);
  const conditions = [{ type: 'PodReadyToStartContainers', status: 'False' }];
  return { ...pod, status: { ...(pod.status as object), phase, conditions } };
}

/** A pod after its sandbox was taken away: its spec is as it was, what was pinned included. */
function restarted(pod: KubeObject, number: number, store: ObjectStore): KubeObject {
  return startedAgain(pod, withStatus(pod, number, store).status);
}

/** A pod with another status, its containers started once more. */
function startedAgain(pod: KubeObject, status: unknown): KubeObject {
  const { containers } = pod.spec as { readonly containers: readonly { readonly name: string }[] };
  const { containerStatuses = [] } = pod.status as {
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
  const restartCount = (containerStatuses[0]?.restartCount ?? 0) + 1;
  const statuses = containers.map(({ name }) => ({ name, restartCount }));
  return { ...pod, status: { ...(status as object), containerStatuses: statuses } };
}

/** A policy as the API server stores it over the one that it has. */
function overStored(store: ObjectStore, object: KubeObject): KubeObject {
  const before = store.get(refOf(object)) as unknown as NetworkPolicy | undefined;
  return appliedOver(before, object as unknown as NetworkPolicy) as unknown as KubeObject;
}

/** What the control plane and the kubelet would add: addresses, a node, readiness. `number` makes them unlike. */
function withStatus(object: KubeObject, number: number, store: ObjectStore): KubeObject {
  const address = (prefix: string) => `${prefix}.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  if (object.kind === 'Service') {
    const { clusterIP = address('10.96'), type, ports } = object.spec as ServiceSpec;
    const nodePort = (index: number) => (type === 'NodePort' ? { nodePort: 30_000 + 10 * number + index } : {});
    const numbered = ports.map((port, index) => ({ ...port, ...nodePort(index) }));
    return { ...object, spec: { ...(object.spec as object), ports: numbered, clusterIPs: [clusterIP] } };
  }
  if (object.kind !== 'Pod') return object;
  if (isPending(object, store)) return { ...object, status: { phase: 'Pending', podIPs: [] } };
  const pinned = (object.metadata.annotations as Readonly<Record<string, string>> | undefined)?.[ADDRESSES];
  return {
    ...object,
    spec: { nodeName: `node-${(number % 2) + 1}`, ...(object.spec as object) },
    status: {
      phase: 'Running',
      podIPs: (pinned?.split(',') ?? [address('10.244')]).map((ip) => ({ ip })),
      conditions: [{ type: 'Ready', status: isUnready(object) ? 'False' : 'True' }],
    },
  };
}

function isUnready({ spec }: KubeObject): boolean {
  const { containers } = spec as { readonly containers: readonly { readonly name: string }[] };
  return containers.some(({ name }) => name === UNREADY_CONTAINER);
}

/** Whether a pod cannot start: the nodes have no labels, and a volume has to be there. */
function isPending({ metadata: { namespace = '' }, spec }: KubeObject, store: ObjectStore): boolean {
  const { nodeSelector, volumes = [] } = spec as {
    readonly nodeSelector?: object;
    readonly volumes?: readonly { readonly configMap: { readonly name: string } }[];
  };
  const isThere = (name: string) => store.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }) !== undefined;
  return nodeSelector !== undefined || volumes.some(({ configMap }) => !isThere(configMap.name));
}
