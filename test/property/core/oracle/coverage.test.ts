import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Peer, PolicyPort } from '../../../../src/core/model/policy.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { clusters, connectionsOf } from '../../../support/oracle/arbitrary.ts';

/** The state with every port and peer of its policies rewritten. */
function rewritten(
  state: ClusterState,
  port: (item: PolicyPort) => PolicyPort,
  peer: (item: Peer) => Peer = (item) => item,
): ClusterState {
  const portsOf = (ports: readonly PolicyPort[] | undefined) => (ports ? { ports: ports.map(port) } : {});
  const listOf = (key: 'from' | 'to', peers: readonly Peer[] | undefined) => (peers ? { [key]: peers.map(peer) } : {});
  const policies = state.policies.map(({ metadata, spec }) => {
    const { ingress, egress, ...rest } = spec;
    const rules = {
      ...(ingress && { ingress: ingress.map(({ from, ports }) => ({ ...listOf('from', from), ...portsOf(ports) })) }),
      ...(egress && { egress: egress.map(({ to, ports }) => ({ ...listOf('to', to), ...portsOf(ports) })) }),
    };
    return { metadata, spec: { ...rest, ...rules } };
  });
  return { ...state, policies };
}

const same = (item: PolicyPort) => item;

/** What each feature of a policy would come to if nobody read it. */
const UNREAD: Readonly<Record<string, (state: ClusterState) => ClusterState>> = {
  'named ports': (state) =>
    rewritten(state, (item) => (typeof item.port === 'string' ? { ...item, port: 'nobody' } : item)),
  endPort: (state) => rewritten(state, ({ endPort: _, ...item }) => item),
  except: (state) =>
    rewritten(state, same, ({ ipBlock, ...item }) => ({
      ...item,
      ...(ipBlock && { ipBlock: { cidr: ipBlock.cidr } }),
    })),
  'blocks of IPv6': (state) =>
    rewritten(state, same, (item) => (item.ipBlock?.cidr.includes(':') ? { ipBlock: { cidr: 'fdff::/128' } } : item)),
};

describe('the cases that are made by chance', () => {
  const states = fc.sample(clusters({ odd: true }), { numRuns: 150, seed: 4 });
  const verdicts = (state: ClusterState) => {
    const oracle = compile(state);
    return connectionsOf(state).map((connection) => oracle.decide(connection).verdict);
  };
  const before = states.map(verdicts);

  for (const [feature, unread] of Object.entries(UNREAD)) {
    it(`have verdicts that hang on ${feature}`, () => {
      const changed = states.map(
        (state, i) => verdicts(unread(state)).filter((each, k) => each !== before[i]?.[k]).length,
      );
      expect(changed.reduce((sum, each) => sum + each, 0)).to.be.at.least(80);
      expect(changed.filter((each) => each > 0)).to.have.length.at.least(8);
    });
  }
});
