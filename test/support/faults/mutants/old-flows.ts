import type { HeldFault } from '../held-faults.ts';

/** Whether what is tried goes on with what a node may remember, over a protocol. */
const isOld = ({ hold, outcome, cell }: Parameters<HeldFault['wire']>[0], protocol = 'UDP'): boolean =>
  outcome === 'dropped' && cell.protocol === protocol && hold !== undefined;

/** Whether it goes out from the port that another pod had: not one that the scenario says. */
const isFromOldPort = ({ sourcePort = 0 }: Parameters<HeldFault['wire']>[0]): boolean => sourcePort >= 10_000;

/** Made-up faults in what a plugin remembers of flows whose pods are gone. */
export const OLD_FLOW_MUTANTS: readonly HeldFault[] = [
  {
    id: 'flows-outlive-destinations',
    what: 'the datagrams of a flow go on to the pod that has the address of its destination now',
    wire: (attempt) => (isOld(attempt) && attempt.hold === 'keep' ? 'misrouted' : attempt.outcome),
  },
  {
    id: 'flows-outlive-destinations-that-end',
    what: 'a flow that paused goes on to the pod that has the address of its destination now',
    wire: (attempt) =>
      isOld(attempt) && attempt.hold !== 'keep' && attempt.sourcePort === undefined ? 'open' : attempt.outcome,
  },
  {
    id: 'flows-outlive-clients',
    what: 'a pod goes on with the flow of the one that had its address, from the same port',
    wire: (attempt) => (isOld(attempt) && isFromOldPort(attempt) ? 'open' : attempt.outcome),
  },
];
