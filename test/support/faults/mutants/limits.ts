import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Fault } from '../fault.ts';
import { exceptionsAs, peersAs, portsAs, rulesAs } from '../policy-edits.ts';
import { policyAdmits, soundIsolation, soundPeer } from '../semantics.ts';

/** Whether a pod is one of so many first ones. */
const isAmongFirst = (most: number, pod: Pick<Pod, 'namespace' | 'name'>, pods: readonly Pod[]): boolean =>
  pods.slice(0, most).some((each) => fullName(each) === fullName(pod));

/** Of the pods that a peer selects so many are admitted. */
const fewPeers = (id: string, what: string, most: number): Fault => ({
  id,
  what,
  reads: ({ pods }) => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) &&
      (query.peer === undefined ||
        peer.ipBlock !== undefined ||
        isAmongFirst(
          most,
          query.peer,
          pods.filter((each) => soundPeer(peer, policy, { ...query, peer: each }, semantics)),
        )),
  }),
});

/** Made-up limits: of something that a policy may have any number of, the first few count. */
export const LIMIT_MUTANTS: readonly Fault[] = [
  {
    id: 'policies-made-first',
    what: 'of the policies of a pod the two hundred count that were made first',
    reads: () => ({
      union: (policies, query, semantics) =>
        policies.slice(0, 200).some((policy) => policyAdmits(policy, query, semantics)),
    }),
  },
  {
    id: 'policies-by-name',
    what: 'of the policies of a pod the hundred count that are first by name',
    reads: () => ({
      union: (policies, query, semantics) =>
        policies
          .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
          .slice(0, 100)
          .some((policy) => policyAdmits(policy, query, semantics)),
    }),
  },
  fewPeers('thirty-two-peers', 'of the pods that a peer selects thirty-two are admitted', 32),
  {
    id: 'thirty-two-rules',
    what: 'of the rules of a policy thirty-two count',
    sees: rulesAs((all) => all.slice(0, 32)),
  },
  {
    id: 'sixteen-exceptions',
    what: 'of the exceptions of a block sixteen count',
    sees: exceptionsAs((except) => except.slice(0, 16)),
  },
  {
    id: 'sixteen-selectors',
    what: 'of the selectors of a list sixteen count',
    sees: peersAs((peers) => [
      ...peers.filter(({ ipBlock }) => ipBlock !== undefined),
      ...peers.filter(({ ipBlock }) => ipBlock === undefined).slice(0, 16),
    ]),
  },
  {
    id: 'ports-out',
    what: 'of the ports of destinations twenty-four count',
    sees: portsAs((ports, direction) => (direction === 'Egress' ? ports.slice(0, 24) : ports)),
  },
  {
    id: 'ports-of-udp',
    what: 'of the ports of UDP fifteen count',
    sees: portsAs((ports) => [
      ...ports.filter(({ protocol }) => protocol !== 'UDP'),
      ...ports.filter(({ protocol }) => protocol === 'UDP').slice(0, 15),
    ]),
  },
  {
    id: 'sixteen-targets',
    what: 'of the pods that a policy selects sixteen are isolated',
    reads: ({ pods }) => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) &&
        isAmongFirst(
          16,
          query.subject,
          pods.filter((subject) => soundIsolation(policy, { ...query, subject }, semantics)),
        ),
    }),
  },
  fewPeers('sixteen-peers', 'of the pods that a peer selects sixteen are admitted', 16),
  {
    id: 'sixteen-namespaces',
    what: 'of the namespaces that a peer selects sixteen are admitted',
    reads: ({ namespaces }) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) &&
        (peer.namespaceSelector === undefined ||
          namespaces
            .map(({ name }) => name)
            .filter((name) => semantics.selects(peer.namespaceSelector ?? {}, semantics.namespaceLabels(name)))
            .slice(0, 16)
            .some((name) => name === query.peer?.namespace)),
    }),
  },
];
