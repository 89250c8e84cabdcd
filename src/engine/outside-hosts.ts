import { familyOf } from '../core/model/address.ts';
import { hostName, type Scenario } from '../core/scenario/scenario.ts';
import type { OutsideHosts, Route } from '../ports/outside.ts';
import type { LaneNames } from './lane-names.ts';
import type { PlacedPod, Topology } from './topology.ts';

/** What starting hosts outside takes. */
export interface OutsideContext {
  readonly outside: OutsideHosts;
  readonly names: LaneNames;
  readonly signal: AbortSignal;
}

/** Starts a scenario's hosts outside, under their names, each with a way to every pod. They go when the run ends. */
export async function startHosts(
  scenario: Scenario,
  topology: Omit<Topology, 'services'>,
  { outside, names, signal }: OutsideContext,
): Promise<ReadonlyMap<string, PlacedPod>> {
  const routes = routesTo(topology);
  const started = (scenario.outside ?? []).map(async (host) => {
    const name = names.namespace(`outside-${host.name}`);
    const { ref, ips } = await outside.start(host, { name, runId: names.runId }, { signal });
    await outside.route(ref, routes, { signal });
    return [hostName(host), { ref, ips, node: '' }] as const;
  });
  return new Map(await Promise.all(started));
}

/** The way to each address of each pod: through the address of its node that is of the same family. */
function routesTo({ pods, nodes }: Omit<Topology, 'services'>): readonly Route[] {
  return [...pods.values()].flatMap(({ ips, node }) =>
    ips.flatMap((to): readonly Route[] => {
      const via = nodes.get(node)?.find((ip) => familyOf(ip) === familyOf(to));
      return via === undefined ? [] : [{ to, via }];
    }),
  );
}
