import type { ClusterState } from '../model/cluster-state.ts';
import { fullName } from '../model/pod-name.ts';
import { appliedOver } from '../model/policy-types.ts';
import type { Verdict } from './decision.ts';
import type { AskedPort } from './reachability.ts';
import type { WholeMatrix } from './whole-matrix.ts';

/** The cluster after, in which policies are applied over those of their names before: what the server filled in stays. */
export function appliedAfter(before: ClusterState, after: ClusterState): ClusterState {
  const known = new Map(before.policies.map((policy) => [fullName(policy.metadata), policy]));
  return {
    ...after,
    policies: after.policies.map((policy) => appliedOver(known.get(fullName(policy.metadata)), policy)),
  };
}

/** A connection whose verdict a change of the state changes. */
export interface ChangedConnection extends AskedPort {
  readonly from: string;
  readonly to: string;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** What a change of the state comes to. */
export interface Impact {
  /** The connections whose verdict differs; sources and destinations in order. */
  readonly changed: readonly ChangedConnection[];
  /** Ends that are in one state only, of which nothing is said. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** Compares two matrices for the same ports. */
export function impact(before: WholeMatrix, after: WholeMatrix): Impact {
  const placeBefore = new Map(before.ends.map((end, i) => [idOf(end), i]));
  const placed = after.ends.map((end, now) => ({
    name: end.name,
    id: idOf(end),
    now,
    old: placeBefore.get(idOf(end)),
  }));
  const common = placed.flatMap(({ old, ...end }) => (old === undefined ? [] : [{ ...end, old }]));
  const ids = new Set(common.map(({ id }) => id));
  const changed = common.flatMap((from) =>
    common.flatMap((to) =>
      after.ports.flatMap((asked, port) => {
        const was = before.verdict(from.old, to.old, port);
        const is = after.verdict(from.now, to.now, port);
        if (was === undefined || is === undefined || was === is) return [];
        return [{ from: from.name, to: to.name, ...asked, before: was, after: is }];
      }),
    ),
  );
  const missing = ({ ends }: WholeMatrix) => ends.filter((end) => !ids.has(idOf(end))).map(({ name }) => name);
  return { changed, onlyBefore: missing(before), onlyAfter: missing(after) };
}

/** What an end is in both matrices; a pod may be called like an end outside, such as `node/another`. */
function idOf({ name, stands }: WholeMatrix['ends'][number]): string {
  return stands === undefined ? name : `outside ${name}`;
}
