import type { PolicyPort } from '../../../../src/core/model/policy.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Fault } from '../fault.ts';
import { soundPeer } from '../semantics.ts';

/** What SCTP has instead of an item of ports; undefined: nothing. */
const forSctp = (id: string, what: string, instead: (port: PolicyPort) => PolicyPort | undefined): Fault => ({
  id,
  what,
  reads: () => ({
    portAdmits: (port, query) => {
      const known = query.protocol === 'SCTP' ? instead(port) : port;
      return known !== undefined && portAdmits(known, query);
    },
  }),
});

/** Made-up ways of knowing less of SCTP than of TCP. */
export const SCTP_MUTANTS: readonly Fault[] = [
  {
    id: 'sctp-out',
    what: 'outgoing traffic of SCTP is not isolated',
    reads: () => ({
      before: ({ protocol, direction }) => (protocol === 'SCTP' && direction === 'Egress' ? true : undefined),
    }),
  },
  forSctp('sctp-names', 'names of ports of SCTP are not known', (port) =>
    typeof port.port === 'string' ? undefined : port,
  ),
  forSctp('sctp-ranges', 'endPort is ignored for SCTP', ({ endPort: _, ...port }) => port),
  forSctp('sctp-any', 'SCTP without a port is no port', (port) => (port.port === undefined ? undefined : port)),
  {
    id: 'sctp-blocks',
    what: 'a block holds every address for SCTP',
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) || (peer.ipBlock !== undefined && query.protocol === 'SCTP'),
    }),
  },
];
