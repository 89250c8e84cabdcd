import { heirsIn } from '../core/scenario/churn.ts';
import type { AgentHeldProbes, HeldProbes } from './held-connections.ts';
import type { Topology } from './topology.ts';

/** What is known of pods and connections when connections are to be dialled again. */
interface Surroundings {
  readonly changes: readonly { readonly kind: string }[];
  readonly topology: Pick<Topology, 'pods'>;
  readonly sourcePortOf: (keep: HeldProbes['keep']) => number | undefined;
}

/**
 * The connections as they are to be dialled again: where one of their pods is gone and another has its address by these
 * changes, from that one, or with its answer. A client that is gone and has no heir dials nothing.
 */
export function inherited(
  held: readonly AgentHeldProbes[],
  { changes, topology: { pods }, sourcePortOf }: Surroundings,
): readonly HeldProbes[] {
  const heirs = heirsIn(changes);
  const ownerOf = (pod: string): string | undefined => (pods.has(pod) ? pod : heirs.get(pod));
  return held.map((connection): HeldProbes => {
    const { keep, again } = connection;
    const { cell } = keep;
    const from = ownerOf(cell.from);
    const to = cell.path === 'pod-ip' ? ownerOf(cell.to) : cell.to;
    if (from === undefined) return { keep };
    if (to === undefined || (from === cell.from && to === cell.to)) return connection;
    const heir = { ...cell, from, to };
    const sourcePort = from === cell.from ? undefined : sourcePortOf(keep);
    if (from !== cell.from && sourcePort === undefined) return { keep, heir };
    const dialled = { ...again, cell: heir, identities: cell.path === 'pod-ip' ? [to] : again.identities };
    return { keep, heir, again: { ...dialled, ...(sourcePort !== undefined && { sourcePort }) } };
  });
}
