import type { ClusterState } from '../../src/core/model/cluster-state.ts';
import type { Pod } from '../../src/core/model/pod.ts';
import type { NetworkPolicy, Peer, PolicyPort } from '../../src/core/model/policy.ts';
import type { AskedPort } from '../../src/core/oracle/reachability.ts';

/** Size of a made-up cluster. */
interface Size {
  readonly namespaces: number;
  readonly podsPerNamespace: number;
  readonly policies: number;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The ten ports of the matrix. */
export const PORTS: readonly AskedPort[] = [
  ...[80, 443, 8080, 8443, 9090, 5432, 6379, 3000].map((port) => ({ port, protocol: 'TCP' as const })),
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];

/** A cluster as companies have them: apps of three tiers in team namespaces, default denies, allows by selector, CIDR and port. */
export function madeUpCluster({ namespaces, podsPerNamespace, policies }: Size): ClusterState {
  const random = randomFrom(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]) => items[below(items.length)] as T;
  const names = Array.from({ length: namespaces }, (_, i) => `team-${i}`);
  const labels = () => ({ app: `app-${below(8)}`, tier: pick(['web', 'api', 'db']), env: pick(['prod', 'test']) });
  const pods = names.flatMap((namespace, n) =>
    Array.from({ length: podsPerNamespace }, (_, i): Pod => {
      const id = n * podsPerNamespace + i;
      return {
        namespace,
        name: `pod-${i}`,
        labels: labels(),
        ports: [
          { name: 'http', port: pick([80, 8080]), protocol: 'TCP' },
          { name: 'metrics', port: 9090, protocol: 'TCP' },
        ],
        ips: [`10.${(id >> 16) & 255}.${(id >> 8) & 255}.${id & 255}`],
        node: `node-${id % 50}`,
      };
    }),
  );
  const port = (): PolicyPort =>
    pick<PolicyPort>([
      { port: 80 },
      { port: 'http' },
      { port: 8080, endPort: 8443 },
      { port: 53, protocol: 'UDP' },
      { port: 'metrics' },
      { port: 5432 },
    ]);
  const peer = (): Peer =>
    pick<() => Peer>([
      () => ({ podSelector: { matchLabels: { tier: pick(['web', 'api']) } } }),
      () => ({ namespaceSelector: { matchLabels: { stage: pick(['live', 'lab']) } } }),
      () => ({
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': pick(names) } },
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['app-1', 'app-2', 'app-3'] }] },
      }),
      () => ({
        namespaceSelector: {},
        podSelector: { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['test'] }] },
      }),
      () => ({ ipBlock: { cidr: `10.${below(2)}.0.0/16`, except: [`10.0.${below(256)}.0/24`] } }),
    ])();
  const rules = (field: 'from' | 'to') =>
    Array.from({ length: 1 + below(3) }, () => ({
      [field]: [peer(), peer()],
      ...(random() < 0.8 && { ports: [port(), port()] }),
    }));
  return {
    namespaces: names.map((name) => ({ name, labels: { stage: random() < 0.3 ? 'live' : 'lab' } })),
    pods,
    services: [],
    policies: Array.from({ length: policies }, (_, i): NetworkPolicy => {
      const podSelector = random() < 0.2 ? {} : { matchLabels: { app: `app-${below(8)}` } };
      const egress = random() < 0.4;
      return {
        metadata: { name: `policy-${i}`, namespace: names[i % names.length] as string },
        spec: egress
          ? { podSelector, policyTypes: ['Egress'], egress: rules('to') }
          : { podSelector, policyTypes: ['Ingress'], ingress: rules('from') },
      };
    }),
  };
}
