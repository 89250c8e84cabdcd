import type { Cluster, KubeObject } from '../../../src/ports/cluster.ts';

interface Stored {
  name: string;
  node: string;
  uid: number;
  restarts: number;
  /** Looks until it is ready. */
  wait: number;
}

/** A plugin of one agent a node, and the part of a cluster that its DaemonSet controller and kubelets play. */
export class PluginCluster {
  readonly #nodes = ['n0', 'n1'];
  readonly #slowness: number;
  #uid = 0;
  #selector: Readonly<Record<string, string>> = {};
  #pods: Stored[] = [];
  /** What was asked to be changed. */
  readonly changes: string[] = [];

  /** `slowness`: how many looks a new pod takes to be ready. */
  constructor(slowness = 2) {
    this.#slowness = slowness;
    this.#fill(0);
  }

  get uids(): readonly number[] {
    return this.#pods.map(({ uid }) => uid);
  }

  /** What the kubelet does when the first process of a node's agent is killed. */
  killed(node: string): void {
    this.changes.push(`kill ${node}`);
    for (const pod of this.#pods.filter((each) => each.node === node)) {
      pod.restarts += 1;
      pod.wait = this.#slowness;
    }
  }

  readonly cluster = {
    info: async () => ({
      provider: 'kind',
      kubernetes: 'v1',
      nodes: this.#nodes.map((name, index) => ({ name, ips: [`172.18.0.${index + 2}`], ready: true })),
      ipFamilies: ['IPv4' as const],
    }),
    list: async ({ kind }) => (kind === 'DaemonSet' ? [this.#daemonSet()] : this.#pods.map(podObject)),
    get: async () => this.#daemonSet(),
    delete: async ({ name }) => {
      this.changes.push(`delete ${name}`);
      this.#pods = this.#pods.filter((pod) => pod.name !== name);
      this.#fill(this.#slowness);
      return { sentMs: 0, answeredMs: 0 };
    },
    patch: async (ref, patch) => {
      const { nodeSelector } = (
        patch as { spec: { template: { spec: { nodeSelector: Record<string, string | null> } } } }
      ).spec.template.spec;
      this.changes.push(`patch ${ref.kind} ${ref.namespace}/${ref.name} ${JSON.stringify(nodeSelector)}`);
      const merged = Object.entries({ ...this.#selector, ...nodeSelector });
      this.#selector = Object.fromEntries(merged.filter((pair): pair is [string, string] => pair[1] !== null));
      if (Object.keys(this.#selector).length > 0) this.#pods = [];
      else this.#fill(this.#slowness);
      return { sentMs: 0, answeredMs: 0 };
    },
  } satisfies Partial<Cluster> as unknown as Cluster;

  #fill(wait: number): void {
    for (const node of this.#nodes.filter((each) => !this.#pods.some((pod) => pod.node === each))) {
      this.#uid += 1;
      this.#pods.push({ name: `agent-${this.#uid}`, node, uid: this.#uid, restarts: 0, wait });
    }
  }

  #daemonSet(): KubeObject {
    const ready = this.#pods.map(podObject).filter((pod) => JSON.stringify(pod).includes('"True"')).length;
    return {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'calico-node', namespace: 'kube-system', generation: 1 },
      spec: { template: { spec: { nodeSelector: this.#selector } } },
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: this.#pods.length,
        updatedNumberScheduled: this.#pods.length,
        numberReady: ready,
      },
    };
  }
}

/** Each look brings the pod nearer to being ready. */
function podObject(pod: Stored): KubeObject {
  pod.wait -= 1;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.name, namespace: 'kube-system', uid: String(pod.uid) },
    spec: { nodeName: pod.node },
    status: {
      conditions: [{ type: 'Ready', status: pod.wait < 0 ? 'True' : 'False' }],
      containerStatuses: [{ name: 'calico-node', restartCount: pod.restarts }],
    },
  };
}
