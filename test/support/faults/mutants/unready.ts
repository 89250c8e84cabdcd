import type { Fault } from '../fault.ts';
import { knownLabels, withPodLabels } from '../remembered.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Made-up ways of going wrong with pods that run and are not ready. */
export const UNREADY_MUTANTS: readonly Fault[] = [
  {
    id: 'unready-free',
    what: 'a pod that is not ready is not isolated',
    reads: () => ({
      isolates: (policy, query, semantics) => soundIsolation(policy, query, semantics) && !query.subject.unready,
    }),
  },
  {
    id: 'unready-egress-free',
    what: 'outgoing traffic of a pod that is not ready is not isolated',
    reads: () => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) && !(query.direction === 'Egress' && query.subject.unready),
    }),
  },
  {
    id: 'unready-no-peer',
    what: 'a pod that is not ready is no peer',
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) => soundPeer(peer, policy, query, semantics) && !query.peer?.unready,
    }),
  },
  {
    id: 'unready-keeps-labels',
    what: 'new labels of a pod that is not ready are not noticed',
    sees: (actual, { seen }) => {
      const known = knownLabels({ seen });
      return withPodLabels(actual, (pod) => (pod.unready ? known(pod) : pod.labels));
    },
  },
];
