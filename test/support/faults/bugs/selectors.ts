import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault } from '../fault.ts';
import { peersAs, policiesAs, rulesAs, selectorsAs } from '../policy-edits.ts';
import { soundPeer } from '../semantics.ts';

/** Faults of plugins in selectors of pods and namespaces. */
export const SELECTOR_FAULTS: readonly Fault[] = [
  {
    id: 'B18',
    what: 'expressions are ignored',
    sees: selectorsAs(({ matchLabels = {} }) => ({ matchLabels })),
  },
  {
    id: 'B19',
    what: 'a namespace selector with NotIn also selects what is no pod',
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) ||
        (query.peer === undefined &&
          (peer.namespaceSelector?.matchExpressions ?? []).some(({ operator }) => operator === 'NotIn')),
    }),
  },
  {
    id: 'B21',
    what: 'selectors match every address that is no pod',
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) || (query.peer === undefined && peer.ipBlock === undefined),
    }),
  },
  {
    id: 'B22',
    what: 'DoesNotExist selects nothing',
    reads: () => ({
      selects: (selector, labels) =>
        selects(selector, labels) &&
        !(selector.matchExpressions ?? []).some(({ operator }) => operator === 'DoesNotExist'),
    }),
  },
  {
    id: 'B23',
    what: 'an empty namespace selector is taken for none',
    sees: peersAs((peers) =>
      peers.map(({ namespaceSelector, ...peer }) =>
        namespaceSelector === undefined || JSON.stringify(namespaceSelector) === '{}'
          ? { podSelector: {}, ...peer }
          : { namespaceSelector, ...peer },
      ),
    ),
  },
  {
    id: 'B25',
    what: 'of several values of In and NotIn the first counts',
    sees: selectorsAs(({ matchExpressions, ...rest }) => ({
      ...rest,
      ...(matchExpressions && {
        matchExpressions: matchExpressions.map(({ values, ...each }) => ({
          ...each,
          ...(values && { values: values.slice(0, 1) }),
        })),
      }),
    })),
  },
  {
    id: 'B26',
    what: 'a pod selector without a namespace selector means pods of every namespace',
    sees: peersAs((peers) =>
      peers.map((peer) => (peer.podSelector === undefined ? peer : { namespaceSelector: {}, ...peer })),
    ),
  },
  {
    id: 'B27',
    what: 'of several pod selectors in a list the last counts',
    sees: peersAs((peers) => {
      const isPods = ({ podSelector, namespaceSelector }: (typeof peers)[number]) =>
        podSelector !== undefined && namespaceSelector === undefined;
      const last = peers.findLast(isPods);
      return peers.filter((peer) => !isPods(peer) || peer === last);
    }),
  },
  {
    id: 'B29',
    what: 'a policy whose peers have the selector of its target isolates nobody',
    sees: policiesAs((policy) => {
      const { podSelector = {}, ingress = [] } = policy.spec;
      const same = ingress.some(({ from = [] }) =>
        from.some((peer) => JSON.stringify(peer.podSelector) === JSON.stringify(podSelector)),
      );
      return same ? undefined : policy;
    }),
  },
  {
    id: 'B30',
    what: 'a list of sources that selects no pod admits everybody',
    sees: rulesAs((rules, direction, policy, state) =>
      rules.map(({ peers, ports }) => {
        const empty = peers?.every((peer) => !someoneIs(peer, policy.metadata.namespace, state)) === true;
        return { ...(peers && !(empty && direction === 'Ingress') && { peers }), ...(ports && { ports }) };
      }),
    ),
  },
  {
    id: 'B31',
    what: 'a policy for outgoing traffic whose peers select no pod is not enforced',
    sees: policiesAs((policy, state) => {
      const peers = (policy.spec.egress ?? []).flatMap(({ to = [] }) => to);
      const empty = peers.length > 0 && peers.every((peer) => !someoneIs(peer, policy.metadata.namespace, state));
      return empty ? undefined : policy;
    }),
  },
  {
    id: 'B145',
    what: 'a set of more than eight namespaces is empty',
    reads: ({ namespaces }) => ({
      peerAdmits: (peer, policy, query, semantics) => {
        const { namespaceSelector } = peer;
        if (namespaceSelector === undefined) return soundPeer(peer, policy, query, semantics);
        const members = namespaces.filter(({ name }) => selects(namespaceSelector, semantics.namespaceLabels(name)));
        return members.length <= 8 && soundPeer(peer, policy, query, semantics);
      },
    }),
  },
];

type Peer = NonNullable<NonNullable<Parameters<typeof soundPeer>[0]>>;
type State = Parameters<NonNullable<Fault['sees']>>[0];

/** Whether a peer without a block selects some pod; one with a block does not count as empty. */
function someoneIs({ podSelector = {}, namespaceSelector, ipBlock }: Peer, own: string, state: State): boolean {
  if (ipBlock !== undefined) return true;
  return state.pods.some(({ namespace, labels }) => {
    const space = state.namespaces.find(({ name }) => name === namespace)?.labels ?? {};
    const inside = namespaceSelector === undefined ? namespace === own : selects(namespaceSelector, space);
    return inside && selects(podSelector, labels);
  });
}
