import type { CardGroup } from '../result.ts';

const FEATURES = {
  ingress: 'ingress rules',
  egress: 'egress rules',
  'deny-all': 'deny all',
  'policy-types': 'policyTypes given or left out',
  union: 'several policies add up',
  'pod-labels': 'peers by pod label',
  'namespace-labels': 'peers by namespace label',
  'match-expressions': 'selectors with operators',
  'ip-block': 'peers by address range',
  except: 'address ranges with exceptions',
  ports: 'rules by port number',
  'named-ports': 'rules by port name',
  'end-port': 'port ranges',
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  fragments: 'datagrams larger than a packet',
  ipv6: 'IPv6',
  'dual-stack': 'IPv4 and IPv6 side by side',
  services: 'through a ClusterIP',
  dns: 'DNS under isolation',
  'node-port': 'through a NodePort',
  'host-port': 'through a host port',
  'host-network': 'pods on the host network',
} as const;

const LIFE_CYCLE = {
  'first-packet': 'isolation from the first packet',
  'policy-create': 'policy created',
  'policy-update': 'policy updated',
  'policy-delete': 'policy deleted',
  'relabel-pod': 'pod relabelled',
  'relabel-namespace': 'namespace relabelled',
  'agent-restart': 'agent restarted',
  'controller-restart': 'controller restarted',
  'node-restart': 'node restarted',
  'sandbox-restart': 'pod restarted with another address',
  'ip-reuse': 'address reused by another pod',
  'pod-churn': 'pods come and go',
  'terminating-pods': 'pods that are Terminating',
  'namespace-churn': 'namespaces come and go',
  ordering: 'pods and policies made at once',
  'changes-elsewhere': 'undisturbed by what changes elsewhere',
  scale: 'many policies and ranges',
  soak: 'minutes without a change',
} as const;

/** A line of the capability card: `tag` is the scenarios' tag that proves it, `title` its name for people. */
export interface CardProperty {
  readonly tag: string;
  readonly group: CardGroup;
  readonly title: string;
}

/** Every property that a card speaks of, in its order. The tags are the vocabulary of the scenarios' `tags`. */
export const CARD_PROPERTIES: readonly CardProperty[] = [
  ...Object.entries(FEATURES).map(([tag, title]) => ({ tag, title, group: 'feature' as const })),
  ...Object.entries(LIFE_CYCLE).map(([tag, title]) => ({ tag, title, group: 'life-cycle' as const })),
];
