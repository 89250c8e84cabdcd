import type { ClusterInfo } from '../ports/cluster.ts';

/** Pods that a lane is reckoned to need: those of one scenario, and as many that wait for their removal. */
const PODS_A_LANE = 20;
/** Part of the nodes' room for pods that a run uses: the cluster has pods of its own. */
const USED_ROOM = 0.75;
/** Lanes for each CPU. A lane waits most of its time, but its agents must not be late beside those of others. */
const LANES_A_CPU = 1;
/** More lanes than this share the probe rate into parts that make holds longer. */
const MOST = 8;

/** Nodes of these providers are containers of one machine: each of them reports all of its CPUs. */
const ON_ONE_MACHINE = ['kind'];

/** How many scenarios a cluster has room for at once, by the pods and CPUs of its ready nodes; 1 where nothing is known. */
export function laneCount({ nodes, provider }: Pick<ClusterInfo, 'nodes' | 'provider'>): number {
  const rooms = nodes.flatMap(({ ready, room }) => (ready && room !== undefined ? [room] : []));
  const pods = rooms.reduce((sum, room) => sum + room.pods, 0);
  const cpus = ON_ONE_MACHINE.includes(provider)
    ? Math.max(0, ...rooms.map((room) => room.cpus))
    : rooms.reduce((sum, room) => sum + room.cpus, 0);
  const room = Math.min((pods * USED_ROOM) / PODS_A_LANE, cpus * LANES_A_CPU);
  return Math.max(1, Math.min(MOST, Math.floor(room)));
}
