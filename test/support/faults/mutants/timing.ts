import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, OnTheWire } from '../fault.ts';

/** The ports of the library whose datagrams take several packets. */
function isFragmented({ protocol, port }: OnTheWire['cell']): boolean {
  return protocol === 'UDP' && (port === 5000 || port === 5001);
}

/** Whether there are policies in a pod's namespace, and none that selects it. */
function isLeftAlone(name: string, { pods, policies }: ClusterState): boolean {
  const pod = pods.find((each) => fullName(each) === name);
  const own = policies.filter(({ metadata }) => metadata.namespace === pod?.namespace);
  return pod !== undefined && own.length > 0 && !own.some(({ spec }) => selects(spec.podSelector ?? {}, pod.labels));
}

/** Made-up ways of going wrong for a while, or now and then. */
export const TIMING_MUTANTS: readonly Fault[] = [
  {
    id: 'drops-one-in-twenty',
    what: 'one attempt of twenty is dropped',
    wire: ({ outcome, count }) => (count % 20 === 0 ? 'dropped' : outcome),
  },
  {
    id: 'leaks-one-in-twenty',
    what: 'one attempt of twenty gets through',
    wire: ({ outcome, count }) => (count % 20 === 0 ? 'open' : outcome),
  },
  {
    id: 'leaks-at-changes',
    what: 'everything gets through for 200 ms at each change',
    wire: ({ outcome, sinceMs }) => (sinceMs < 200 ? 'open' : outcome),
  },
  {
    id: 'drops-at-changes',
    what: 'nothing gets through for 200 ms at each change',
    wire: ({ outcome, sinceMs }) => (sinceMs < 200 ? 'dropped' : outcome),
  },
  {
    id: 'rules-before-selectors',
    what: 'for 70 ms after each change nobody gets into pods that the policies of their namespace leave alone',
    wire: ({ outcome, cell, seen, sinceMs }) => (sinceMs < 70 && isLeftAlone(cell.to, seen) ? 'dropped' : outcome),
    shows: { 'bugs/released-by-an-update': 'one pod is open to some' },
  },
  {
    id: 'leaks-later',
    what: 'a second after each change everything gets through for 100 ms',
    wire: ({ outcome, sinceMs }) => (sinceMs > 900 && sinceMs < 1_000 ? 'open' : outcome),
  },
  {
    id: 'late-isolation',
    what: 'what closes does so after six seconds',
    wire: ({ outcome, before, sinceMs }) => (outcome !== 'open' && sinceMs < 6_000 ? before : outcome),
  },
  {
    id: 'late-admission',
    what: 'what opens does so after six seconds',
    wire: ({ outcome, before, sinceMs }) => (outcome === 'open' && sinceMs < 6_000 ? before : outcome),
  },
  {
    id: 'udp-open',
    what: 'UDP is not enforced',
    wire: ({ outcome, cell }) => (cell.protocol === 'UDP' ? 'open' : outcome),
  },
  {
    id: 'udp-never',
    what: 'under any policy UDP is dropped',
    wire: ({ outcome, cell, seen }) => (cell.protocol === 'UDP' && seen.policies.length > 0 ? 'dropped' : outcome),
  },
  {
    id: 'fragments-without-ports',
    what: 'under a rule with ports the fragments of a datagram are dropped, for only the first carries a port',
    wire: ({ outcome, cell, seen }) => (isFragmented(cell) && seen.policies.length > 0 ? 'dropped' : outcome),
    shows: { 'semantics/large-payloads': 'friends get in at a port each' },
  },
  {
    id: 'services-open',
    what: 'policies do not hold for Services',
    wire: ({ outcome, cell }) => (cell.path === 'cluster-ip' ? 'open' : outcome),
  },
  {
    id: 'misroutes',
    what: 'another pod answers now and then',
    wire: ({ outcome, count }) => (count % 50 === 0 && outcome === 'open' ? 'misrouted' : outcome),
  },
  {
    id: 'nothing-enforced',
    what: 'nothing is enforced',
    wire: () => 'open',
  },
  {
    id: 'everything-denied',
    what: 'under any policy nothing gets through',
    wire: ({ outcome, seen }) => (seen.policies.length > 0 ? 'dropped' : outcome),
  },
];
