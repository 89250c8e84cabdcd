import { selects } from '../../../../src/core/model/selection.ts';
import type { LabelSelector, LabelSelectorRequirement } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';
import { type Place, peersAs, selectorsAs } from '../policy-edits.ts';
import { soundPeer } from '../semantics.ts';

type Pair = readonly [string, string];

/** Every selector is taken for another one. */
const taken = (id: string, what: string, change: (selector: LabelSelector) => LabelSelector): Fault => ({
  id,
  what,
  sees: selectorsAs(change),
});

/** Selectors lose labels, wherever they stand or in one place. */
const labels = (id: string, what: string, kept: (pairs: readonly Pair[]) => readonly Pair[], only?: Place): Fault => ({
  id,
  what,
  sees: selectorsAs((selector, place) =>
    selector.matchLabels === undefined || (only ?? place) !== place
      ? selector
      : { ...selector, matchLabels: Object.fromEntries(kept(Object.entries(selector.matchLabels))) },
  ),
});

/** Selectors have other requirements than those that are written. */
const requirements = (
  id: string,
  what: string,
  change: (all: readonly LabelSelectorRequirement[], selector: LabelSelector) => readonly LabelSelectorRequirement[],
): Fault =>
  taken(id, what, (selector) =>
    selector.matchExpressions === undefined
      ? selector
      : { ...selector, matchExpressions: change(selector.matchExpressions, selector) },
  );

const alike = (a: LabelSelectorRequirement, b: LabelSelectorRequirement): boolean =>
  a.key === b.key && a.operator === b.operator;

/** Made-up ways of putting the requirements of a selector together, and of having no room for them. */
export const REQUIREMENT_MUTANTS: readonly Fault[] = [
  requirements('in-adds-up', 'values of several In of one key add up', (all) =>
    all.map((each) =>
      each.operator === 'In'
        ? { ...each, values: all.filter((other) => alike(each, other)).flatMap(({ values = [] }) => values) }
        : each,
    ),
  ),
  requirements('last-of-operator', 'of several requirements of one key and operator the last counts', (all) =>
    all.filter((each, index) => !all.slice(index + 1).some((later) => alike(each, later))),
  ),
  requirements(
    'label-over-operator',
    'operators of a key that is among the labels are lost',
    (all, { matchLabels = {} }) => all.filter(({ key }) => !Object.hasOwn(matchLabels, key)),
  ),
  taken('operator-over-label', 'a label of whose key there is an operator is lost', (selector) => ({
    ...selector,
    matchLabels: Object.fromEntries(
      Object.entries(selector.matchLabels ?? {}).filter(
        ([key]) => !(selector.matchExpressions ?? []).some((each) => each.key === key),
      ),
    ),
  })),
  labels('two-labels', 'of the labels of a selector two count', (pairs) => pairs.slice(0, 2)),
  labels('last-two-labels', 'of the labels of a selector the last two count', (pairs) => pairs.slice(-2)),
  labels('last-label-of-targets', 'of the labels of a target the last counts', (pairs) => pairs.slice(-1), 'target'),
  labels(
    'first-label-of-namespaces',
    'of the labels of namespaces the first counts',
    (pairs) => pairs.slice(0, 1),
    'namespaces',
  ),
  labels(
    'last-label-of-namespaces',
    'of the labels of namespaces the last counts',
    (pairs) => pairs.slice(-1),
    'namespaces',
  ),
  {
    id: 'labels-of-namespaces-or',
    what: 'one label of several is enough for a namespace',
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) ||
        (query.peer !== undefined &&
          Object.entries(peer.namespaceSelector?.matchLabels ?? {}).some(([key, value]) =>
            soundPeer({ ...peer, namespaceSelector: { matchLabels: { [key]: value } } }, policy, query, semantics),
          )),
    }),
  },
  requirements('values-32', 'of the values of an operator 32 count', (all) =>
    all.map(({ values, ...rest }) => ({ ...rest, ...(values && { values: values.slice(0, 32) }) })),
  ),
  labels('labels-16', 'of the labels of a selector 16 count', (pairs) => pairs.slice(0, 16)),
  {
    id: 'pod-labels-16',
    what: 'of the labels of a pod 16 count',
    reads: () => ({
      selects: (selector, all) => selects(selector, Object.fromEntries(Object.entries(all).slice(0, 16))),
    }),
  },
  {
    id: 'selector-peers-32',
    what: 'of the selectors of a rule 32 count',
    sees: peersAs((peers) => {
      const counted = peers.filter(({ ipBlock }) => ipBlock === undefined).slice(0, 32);
      return peers.filter((peer) => peer.ipBlock !== undefined || counted.includes(peer));
    }),
  },
];
