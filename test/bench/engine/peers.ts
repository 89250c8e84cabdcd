import type { ReadyCluster } from '../../../src/ports/cluster-provider.ts';
import type { Session } from '../../../src/session.ts';
import type { Figures } from '../figures.ts';
import { cyclonusFigures } from './cyclonus-peer.ts';
import { upstreamFigures } from './upstream-peer.ts';

/** A peer's program beside the cluster that it and netproof run on. */
export interface PeerBench {
  readonly session: Session;
  readonly ready: ReadyCluster;
}

const peers: Readonly<Record<string, (program: string, on: PeerBench) => Promise<Figures>>> = {
  upstream: upstreamFigures,
  cyclonus: cyclonusFigures,
};

/** Names of the peers that netproof is compared with. */
export const PEERS: readonly string[] = Object.keys(peers);

/** Runs a peer's cases by its own program and then by netproof; times of both, and their ratio. */
export async function peerFigures(name: string, program: string, on: PeerBench): Promise<Figures> {
  return (await peers[name]?.(program, on)) ?? {};
}
