import { type Cell, cellName } from '../matrix/cell.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import { isBehind, takesTraffic } from '../model/service-pods.ts';
import { allCellsOf, cellsOf, selfCellsOf } from './cells.ts';
import { isChurn, keepsAddress, placedBy } from './churn.ts';
import type { Addresses } from './placeholders.ts';
import { type Population, populationAfter } from './population.ts';
import type { Change, Scenario, ScenarioPod } from './scenario.ts';
import { initialState, stateAfter } from './state.ts';
import { syntheticAddresses } from './synthetic-addresses.ts';

/** A scenario between two changes: what there is, in which state, and under which addresses. */
export interface Moment {
  readonly population: Population;
  readonly state: ClusterState;
  readonly addresses: Addresses;
}

/** Addresses of pods that steps create or restart; empty for a pod of which nothing is known yet. */
export type AddressesOf = (pod: ScenarioPod) => readonly string[];

/** Before the first step. */
export function firstMoment(scenario: Scenario, addresses: Addresses): Moment {
  return { population: scenario, state: initialState(scenario, addresses), addresses };
}

/** After a change. */
export function momentAfter(moment: Moment, change: Change, addressesOf: AddressesOf): Moment {
  const created = placedBy(change);
  const pods = new Map([...moment.addresses.pods, ...created.map((pod) => [fullName(pod), addressesOf(pod)] as const)]);
  const addresses = created.length === 0 ? moment.addresses : { ...moment.addresses, pods };
  return {
    population: populationAfter(moment.population, change),
    state: stateAfter(moment.state, change, addresses),
    addresses,
  };
}

/** Made-up addresses of the pods that steps create or restart: of those that take another's that one's, else new ones. */
export function syntheticCreated(
  scenario: Pick<Scenario, 'pods' | 'outside' | 'steps'>,
  families: readonly IpFamily[],
): AddressesOf {
  const address = (family: IpFamily, index: number): string =>
    family === 'IPv4' ? `10.244.${200 + (index >> 7)}.${(index % 128) + 10}` : `fd00:10:244::c:${index.toString(16)}`;
  const latest = new Map(syntheticAddresses(scenario, families).pods);
  /** Of pods that were restarted: they go on under others. */
  const former = new Map<string, readonly string[]>();
  const left = (name: string) => former.get(name) ?? latest.get(name);
  const made = new Map<ScenarioPod, readonly string[]>();
  for (const change of scenario.steps.flatMap(({ changes }) => changes)) {
    if (change.kind === 'remove-pod' || change.kind === 'end-pod') former.delete(change.pod);
    for (const pod of placedBy(change)) {
      const name = fullName(pod);
      const again =
        change.kind === 'restart-pods' && (change.inPlace || keepsAddress(pod)) ? latest.get(name) : undefined;
      const other = change.kind === 'create' && pod.takesAddressOf !== undefined ? left(pod.takesAddressOf) : undefined;
      const taken = again ?? other;
      const ips = taken ?? families.map((family) => address(family, made.size));
      made.set(pod, ips);
      if (change.kind === 'restart-pods' && change.inPlace) continue;
      if (change.kind === 'restart-pods') former.set(name, latest.get(name) ?? []);
      else former.delete(name);
      latest.set(name, ips);
    }
  }
  return (pod) => made.get(pod) ?? [];
}

/** Cells of a moment: those that are probed; every one; those of pods to themselves. */
const KINDS = { probed: cellsOf, all: allCellsOf, self: selfCellsOf } as const;

/**
 * The cells of a kind at a moment. Where pods come and go, a Service that has no pod behind it has
 * none: nobody could tell a refusal from a policy.
 */
export function cellsAt(
  scenario: Scenario,
  { population, state }: Moment,
  families: readonly IpFamily[],
  which: keyof typeof KINDS = 'probed',
): readonly Cell[] {
  const cells = KINDS[which]({ ...scenario, ...population }, families);
  if (!scenario.steps.some(({ changes }) => changes.some(isChurn))) return cells;
  const live = state.pods.filter(takesTraffic);
  const idle = population.services.filter((service) => !live.some((pod) => isBehind(service, pod))).map(fullName);
  return cells.filter(({ to, path }) => path === 'pod-ip' || path === 'kubelet' || !idle.includes(to));
}

/** The cells after each step, and all that there are at any moment, those of pods to themselves apart; for checks of patterns. */
export function cellsByStep(
  scenario: Scenario,
  families: readonly IpFamily[],
): { readonly all: readonly Cell[]; readonly self: readonly Cell[]; readonly steps: readonly (readonly Cell[])[] } {
  const addressesOf = syntheticCreated(scenario, families);
  let moment = firstMoment(scenario, syntheticAddresses(scenario, families));
  const all = new Map<string, Cell>();
  const self = new Map<string, Cell>();
  const collect = () => {
    for (const cell of cellsAt(scenario, moment, families, 'all')) all.set(cellName(cell), cell);
    for (const cell of cellsAt(scenario, moment, families, 'self')) self.set(cellName(cell), cell);
  };
  collect();
  const steps = scenario.steps.map(({ changes }) => {
    for (const change of changes) moment = momentAfter(moment, change, addressesOf);
    if (changes.some(isChurn)) collect();
    return cellsAt(scenario, moment, families);
  });
  return { all: [...all.values()], self: [...self.values()], steps };
}
