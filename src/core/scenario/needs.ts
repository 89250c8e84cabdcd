import { isDisruption, needsOfDisruption } from './disruption.ts';
import { isOfIpv4 } from './families.ts';
import type { Scenario } from './scenario.ts';

/** What every cluster has: such a need says what a scenario does. */
const EVERYWHERE = [
  'static',
  'repeat',
  'policy-churn',
  'label-churn',
  'pod-churn',
  'namespace-churn',
  'unlike-pods',
  'pin-nodes',
  'service-variants',
  'node-port',
  'host-port',
  'host-network',
  'kubelet-probes',
  'terminating-pods',
  'ip-reuse',
  'continuous-probe',
  'probe-from-first-instant',
  'stream',
  'fixed-source-port',
  'scale',
  'soak',
] as const;

/** What some clusters have and others lack: a run asks before it begins the scenario. */
const SOMEWHERE = [
  'two-nodes',
  'ipv4',
  'ipv6',
  'dual-stack',
  'agent-restart',
  'controller-restart',
  'nodes-as-containers',
  'node-restart',
  'sandbox-restart',
  'api-server-restart',
  'api-server-cut',
  'external-endpoint',
] as const;

/** What netproof cannot do on any cluster, and why. */
const NOWHERE = {
  sctp: 'the agents speak TCP and UDP only',
  'raw-socket': 'the agents have no raw sockets',
  'nodelocal-dns': "netproof does not set up a node's own DNS",
} as const;

/** A need that has to be asked for on a cluster. */
export type AskedNeed = (typeof SOMEWHERE)[number];
/** Something that a scenario needs of a cluster or of netproof, by the names that scenario files use. */
export type Need = (typeof EVERYWHERE)[number] | AskedNeed | keyof typeof NOWHERE;

/** Every need that a scenario may name. */
export const NEEDS: readonly Need[] = [...EVERYWHERE, ...SOMEWHERE, ...(Object.keys(NOWHERE) as Need[])];

/** Whether the cluster has to be asked for the need. */
export function isAsked(need: Need): need is AskedNeed {
  return (SOMEWHERE as readonly Need[]).includes(need);
}

/** Why no cluster can give a need, as a clause; undefined where some can. */
export function impossible(need: Need): string | undefined {
  return (NOWHERE as Partial<Record<Need, string>>)[need];
}

/** What a scenario needs: what its file says, and what its pods and steps imply. */
export function needsOf(scenario: Scenario): readonly Need[] {
  const { needs = [], outside = [], pods, steps } = scenario;
  const changes = steps.flatMap((step) => step.changes);
  const implied: readonly Need[] = [
    ...changes.flatMap((change) => (isDisruption(change) ? needsOfDisruption(change) : [])),
    ...changes.flatMap((change): readonly Need[] => {
      if (change.kind !== 'restart-pods' || change.inPlace) return [];
      return change.node === undefined ? ['sandbox-restart'] : ['two-nodes', 'node-restart'];
    }),
    ...(pods.some(({ node }) => node === 2) ? (['two-nodes'] as const) : []),
    ...(isOfIpv4(scenario) ? (['ipv4'] as const) : []),
    ...(outside.length > 0 ? (['external-endpoint'] as const) : []),
    ...(pods.some(({ ports }) => ports.some(({ protocol }) => protocol === 'SCTP')) ? (['sctp'] as const) : []),
  ];
  return [...new Set([...needs, ...implied])];
}
