import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ChangeTimes, Cluster, KubeObject, ObjectRef } from '../../ports/cluster.ts';
import { mergePatch } from './merge-patch.ts';
import { ObjectStore, refOf } from './object-store.ts';
import { SimulatedAgents } from './simulated-agents.ts';

/** A cluster that exists in memory only: objects are stored, pods are Ready at once. Nothing in it sends a packet. */
export interface SimulatedCluster extends Cluster {
  readonly store: ObjectStore;
  readonly agents: SimulatedAgents;
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
    info: async () => ({
      provider: 'simulated',
      kubernetes: 'simulated',
      nodes: ['node-1', 'node-2'].map((name, index) => ({ name, ips: [`172.30.0.${index + 2}`], ready: true })),
      ipFamilies: ['IPv4'],
    }),
    apply: (object) =>
      changed(() => {
        addresses += 1;
        store.put(withStatus(object, addresses));
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
    run: async () => noExec(),
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

/** What the control plane and the kubelet would add: addresses, a node, readiness. `number` makes them unlike. */
function withStatus(object: KubeObject, number: number): KubeObject {
  const address = (prefix: string) => `${prefix}.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  if (object.kind === 'Service') {
    const { clusterIP = address('10.96'), type, ports } = object.spec as ServiceSpec;
    const nodePort = (index: number) => (type === 'NodePort' ? { nodePort: 30_000 + 10 * number + index } : {});
    const numbered = ports.map((port, index) => ({ ...port, ...nodePort(index) }));
    return { ...object, spec: { ...(object.spec as object), ports: numbered, clusterIPs: [clusterIP] } };
  }
  if (object.kind !== 'Pod') return object;
  return {
    ...object,
    spec: { nodeName: `node-${(number % 2) + 1}`, ...(object.spec as object) },
    status: { podIPs: [{ ip: address('10.244') }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}
