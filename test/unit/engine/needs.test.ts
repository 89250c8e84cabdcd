import { expect } from 'chai';
import { NEEDS, type Need } from '../../../src/core/scenario/needs.ts';
import { type Capabilities, lackOf } from '../../../src/engine/needs.ts';

const node = (name: string, ready = true) => ({ name, ips: [], ready, takesPods: true });
const plenty: Capabilities = {
  info: { nodes: [node('n1'), node('n2')], ipFamilies: ['IPv4', 'IPv6'] },
  machinery: { lacks: async () => undefined },
  outside: { lacks: async () => undefined },
};
const bare: Capabilities = {
  info: { nodes: [node('n1'), node('n2', false)], ipFamilies: ['IPv4'] },
  machinery: { lacks: async () => 'not ours' },
  outside: { lacks: async () => 'no engine' },
};

describe('what a scenario needs', () => {
  it('is lacking on a small cluster, each need with its reason', async () => {
    const reasons = await Promise.all(NEEDS.map((need) => lackOf([need], bare)));
    expect(reasons.filter((reason) => reason !== undefined)).to.include.members([
      'two-nodes: the cluster has fewer than two nodes that take pods',
      'ipv6: the pods have no IPv6 addresses',
      'dual-stack: the pods have addresses of one family only',
      'agent-restart: not ours',
      'controller-restart: not ours',
      'nodes-as-containers: not ours',
      'sandbox-restart: not ours',
      'external-endpoint: no engine',
    ]);
  });

  it('is a node that may be restarted: not where it carries the API server', async () => {
    const nodes = [node('n1'), { ...node('n2'), controlPlane: true }];
    const control = { ...plenty, info: { ...plenty.info, nodes } };
    expect(await lackOf(['node-restart'], control)).to.equal('node-restart: node n2 carries the API server');
    expect(await lackOf(['node-restart'], plenty)).to.equal(undefined);
    expect(await lackOf(['node-restart'], bare)).to.equal('node-restart: not ours');
  });

  it('is there on a large one, but for what netproof itself cannot do', async () => {
    const lacking = await Promise.all(NEEDS.map(async (need) => ({ need, reason: await lackOf([need], plenty) })));
    const needs = new Map<Need, string | undefined>(lacking.map(({ need, reason }) => [need, reason]));
    expect(needs.get('two-nodes')).to.equal(undefined);
    expect(needs.get('ipv6')).to.equal(undefined);
    expect(needs.get('agent-restart')).to.equal(undefined);
    expect(needs.get('policy-churn')).to.equal(undefined);
    expect(needs.get('sctp')).to.equal('sctp: the agents speak TCP and UDP only');
  });

  it('is told by the first that is lacking', async () => {
    expect(await lackOf(['static', 'two-nodes', 'ipv6'], bare)).to.equal(
      'two-nodes: the cluster has fewer than two nodes that take pods',
    );
    expect(await lackOf([], bare)).to.equal(undefined);
  });
});
