import type { Peer } from '../../../../src/core/model/policy.ts';
import type { LabelSelectorRequirement } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';
import { peersAs } from '../policy-edits.ts';

/** What a selector asks for, all of it as requirements. */
const requirementsOf = (selector: Peer['podSelector']): readonly LabelSelectorRequirement[] => [
  ...Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]): LabelSelectorRequirement => ({ key, operator: 'In', values: [value] }),
  ),
  ...(selector?.matchExpressions ?? []),
];

/** Takes the peers that ask for pods and for namespaces for others. */
const ofBoth = (
  id: string,
  what: string,
  change: (
    pods: readonly LabelSelectorRequirement[],
    namespaces: readonly LabelSelectorRequirement[],
  ) => readonly [LabelSelectorRequirement[], LabelSelectorRequirement[]],
): Fault => ({
  id,
  what,
  sees: peersAs((peers) =>
    peers.map((peer) => {
      if (peer.podSelector === undefined || peer.namespaceSelector === undefined) return peer;
      const [pods, namespaces] = change(requirementsOf(peer.podSelector), requirementsOf(peer.namespaceSelector));
      return { podSelector: { matchExpressions: pods }, namespaceSelector: { matchExpressions: namespaces } };
    }),
  ),
});

/** Whether some of the others is the same but for what `part` leaves out. */
const isAmong = <T>(each: T, others: readonly T[], part: (of: T) => unknown = (of) => of): boolean =>
  others.some((other) => JSON.stringify(part(other)) === JSON.stringify(part(each)));

/** Made-up ways of putting both selectors of a peer together. */
export const JOINED_SELECTOR_MUTANTS: readonly Fault[] = [
  ofBoth(
    'equal-asked-of-pods',
    'what a peer asks alike of pods and namespaces is asked of pods only',
    (pods, namespaces) => [[...pods], namespaces.filter((each) => !isAmong(each, pods))],
  ),
  ofBoth(
    'equal-asked-of-namespaces',
    'what a peer asks alike of pods and namespaces is asked of namespaces only',
    (pods, namespaces) => [pods.filter((each) => !isAmong(each, namespaces)), [...namespaces]],
  ),
  ofBoth('key-once', 'of one key a peer asks of pods only', (pods, namespaces) => [
    [...pods],
    namespaces.filter((each) => !isAmong(each, pods, ({ key }) => key)),
  ]),
];
