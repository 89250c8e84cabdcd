import { fullName } from '../model/pod-name.ts';
import type { Verdict } from './decision.ts';
import type { Oracle } from './oracle.ts';
import { type AskedPort, reachability } from './reachability.ts';

/** A connection whose verdict a change of the state changes. */
export interface ChangedConnection extends AskedPort {
  readonly from: string;
  readonly to: string;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** The connections, between pods that are in both states, whose verdict differs; sources and destinations in order. */
export function impact(before: Oracle, after: Oracle, ports: readonly AskedPort[]): readonly ChangedConnection[] {
  const old = reachability(before, ports);
  const now = reachability(after, ports);
  const placeInOld = new Map(old.pods.map((pod, i) => [fullName(pod), i]));
  const common = now.pods.flatMap((pod, i) => {
    const place = placeInOld.get(fullName(pod));
    return place === undefined ? [] : [{ name: fullName(pod), old: place, now: i }];
  });
  return common.flatMap((from) =>
    common.flatMap((to) =>
      ports.flatMap((asked, port) => {
        const was = old.verdict(from.old, to.old, port);
        const is = now.verdict(from.now, to.now, port);
        return was === is ? [] : [{ from: from.name, to: to.name, ...asked, before: was, after: is }];
      }),
    ),
  );
}
