import type { HeldFault } from '../held-faults.ts';

type Attempt = Parameters<HeldFault['wire']>[0];

/** Whether a rule would admit what is tried if the port that it comes from were the one that it goes to. */
const isAdmittedBySource = ({ sourcePort, outcomeAt }: Attempt): boolean =>
  sourcePort !== undefined && outcomeAt(sourcePort) === 'open';

/** Made-up faults in which port of a packet a plugin looks at. */
export const SOURCE_PORT_MUTANTS: readonly HeldFault[] = [
  {
    id: 'udp-by-source-port',
    what: 'a datagram is let in by the port that it comes from',
    wire: (attempt) => (attempt.cell.protocol === 'UDP' && isAdmittedBySource(attempt) ? 'open' : attempt.outcome),
  },
  {
    id: 'tcp-by-source-port',
    what: 'a connection is let in by the port that it comes from',
    wire: (attempt) => (attempt.cell.protocol === 'TCP' && isAdmittedBySource(attempt) ? 'open' : attempt.outcome),
  },
  {
    id: 'out-by-source-port',
    what: 'a pod may send by the port that it sends from',
    wire: (attempt) => (attempt.cell.from.endsWith('/bound') && isAdmittedBySource(attempt) ? 'open' : attempt.outcome),
  },
  {
    id: 'replies-without-state',
    what: 'what comes from a port that a pod may send to is taken for an answer',
    wire: ({ sourcePort, cell, outcome }) => (sourcePort === 5000 && cell.to.endsWith('/bound') ? 'open' : outcome),
  },
];
