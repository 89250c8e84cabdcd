import type { Cluster } from '../../../src/ports/cluster.ts';

/** A cluster of which only the API server's pod and address are known; the node `control-plane` carries it. */
export class ApiServerCluster {
  readonly #nodes: readonly string[];
  readonly #isKilled: () => boolean;

  /** `isKilled` tells whether the first process was killed: then the kubelet has restarted the container. */
  constructor({
    nodes = ['control-plane', 'worker'],
    isKilled = () => false,
  }: { readonly nodes?: readonly string[]; readonly isKilled?: () => boolean } = {}) {
    this.#nodes = nodes;
    this.#isKilled = isKilled;
  }

  readonly cluster = {
    info: async () => ({
      provider: 'kind',
      kubernetes: 'v1',
      nodes: this.#nodes.map((name, index) => ({
        name,
        ips: [`172.18.0.${index + 2}`],
        ready: true,
        controlPlane: name === 'control-plane',
      })),
      ipFamilies: ['IPv4' as const],
    }),
    get: async (ref) => ({ ...ref, metadata: { name: ref.name }, ports: [{ name: 'https', port: 6443 }] }),
    list: async ({ kind }) =>
      this.#nodes
        .filter((name) => kind === 'Pod' && name === 'control-plane')
        .map((nodeName) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `kube-apiserver-${nodeName}`, namespace: 'kube-system', uid: '1' },
          spec: { nodeName },
          status: {
            conditions: [{ type: 'Ready', status: 'True' }],
            containerStatuses: [{ name: 'kube-apiserver', restartCount: this.#isKilled() ? 1 : 0 }],
          },
        })),
  } satisfies Partial<Cluster> as unknown as Cluster;
}
