import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import type { Fault, Memory } from '../fault.ts';
import { notedAreNoPeers, notedFree } from '../remembered.ts';

/** Notes pods whose containers were started again while their addresses stayed. */
function noteRestarted(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  const known = new Map(before.pods.map((pod) => [fullName(pod), pod]));
  for (const pod of actual.pods) {
    const was = known.get(fullName(pod));
    const isAgain = was !== undefined && (pod.restarts ?? 0) > (was.restarts ?? 0);
    if (isAgain && was.ips.join() === pod.ips.join()) notes.add(fullName(pod));
  }
  return actual;
}

const freeAgain = (id: string, what: string, direction: Query['direction']): Fault => ({
  id,
  what,
  sees: noteRestarted,
  reads: notedFree((query) => query.direction === direction),
});

/** Made-up ways of going wrong when a container is started again in its sandbox. */
export const RESTARTED_MUTANTS: readonly Fault[] = [
  freeAgain('restarted-ingress-free', 'a pod whose container was started again lets everybody in', 'Ingress'),
  freeAgain('restarted-egress-free', 'a pod whose container was started again may send to everybody', 'Egress'),
  {
    id: 'restarted-no-peer',
    what: 'a pod whose container was started again is no peer any more',
    sees: noteRestarted,
    reads: notedAreNoPeers,
  },
];
