import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Connection, End } from '../../../../src/core/oracle/connection.ts';
import { explain } from '../../../../src/core/oracle/explain.ts';
import { explainText } from '../../../../src/core/oracle/explain-text.ts';
import { compile, type OracleOptions } from '../../../../src/core/oracle/oracle.ts';
import type { Tier } from '../../../../src/core/oracle/tier.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

const pod = (name: string, last: number, node: string, more: Partial<Pod> = {}): Pod => ({
  namespace: 'x',
  name,
  labels: {},
  ports: [],
  ips: [`10.244.0.${last}`],
  node,
  ...more,
});
const A = pod('a', 1, 'n1');
const B = pod('b', 2, 'n2');
const ON_HOST = pod('h', 0, 'n1', { ips: ['172.18.0.1'], hostNetwork: true });
const N1: End = { address: '172.18.0.1', node: 'n1' };
const SHUT_EGRESS = policy('x', '{policyTypes: [Egress]}');
const SHUT_INGRESS = policy('x', '{podSelector: {}}');

type Ends = Pick<Connection, 'from' | 'to' | 'dialled'>;
const oracleOf = (policies: readonly NetworkPolicy[], options: OracleOptions = {}) =>
  compile(cluster([A, B, ON_HOST], policies), options);
const textOf = (ends: Ends, policies: readonly NetworkPolicy[], options: OracleOptions = {}) =>
  explainText(explain(oracleOf(policies, options), { ...ends, port: 80, protocol: 'TCP' })).split('\n');

describe('the reason of a direction', () => {
  it('is that a pod has no address, of both directions', () => {
    expect(textOf({ from: { pod: { ...A, finished: true } }, to: { pod: B } }, [SHUT_EGRESS])).to.deep.equal([
      'x/a -> x/b:80/TCP: not defined by Kubernetes',
      '  depends on a pod that has no address: it has finished, or not begun',
      '  egress of x/a: not defined: a pod that has finished, or not begun, has no address',
      '  ingress of x/b: not defined: a pod that has finished, or not begun, has no address',
    ]);
  });

  it('is that an end is no pod', () => {
    expect(textOf({ from: { pod: A }, to: { address: '192.0.2.1' } }, [SHUT_INGRESS])).to.deep.equal([
      'x/a -> 192.0.2.1:80/TCP: allowed',
      '  egress of x/a: allowed: no policy isolates it',
      '  ingress of 192.0.2.1: allowed: no pod, so no policy speaks for it',
    ]);
  });

  it("is that traffic comes from the pod's own node", () => {
    expect(textOf({ from: N1, to: { pod: A } }, [SHUT_INGRESS])).to.deep.equal([
      'node n1 -> x/a:80/TCP: allowed',
      '  egress of node n1: allowed: no pod, so no policy speaks for it',
      "  ingress of x/a: allowed: traffic of a pod's own node is always allowed",
    ]);
  });

  it('is the policies that deny where only some readings of Kubernetes let it pass', () => {
    expect(textOf({ from: { pod: A }, to: N1 }, [SHUT_EGRESS])).to.deep.equal([
      'x/a -> node n1:80/TCP: not defined by Kubernetes',
      "  depends on whether the plugin lets a pod's traffic to its own node through in spite of policy",
      '  egress of x/a: not defined',
      `    x/${SHUT_EGRESS.metadata.name} has no egress rules, so it admits nothing`,
      '  ingress of node n1: allowed: no pod, so no policy speaks for it',
    ]);
  });

  it("is the policies of a pod on the host's network that deny it to another such pod", () => {
    const other = { pod: { ...ON_HOST, name: 'i', node: 'n2', ips: ['172.18.0.2'] } };
    expect(textOf({ from: other, to: { pod: ON_HOST } }, [SHUT_INGRESS])).to.deep.equal([
      'x/i -> x/h:80/TCP: not defined by Kubernetes',
      "  depends on whether the plugin tells pods on the host's network from their node",
      '  egress of x/i: allowed: no pod, so no policy speaks for it',
      '  ingress of x/h: not defined',
      `    x/${SHUT_INGRESS.metadata.name} has no ingress rules, so it admits nothing`,
    ]);
  });

  it('depends on each choice that matters under some of the others, if not under all', () => {
    const block = policy('x', '{ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]}');
    expect(textOf({ from: { pod: { ...B, ips: [] } }, to: { pod: ON_HOST } }, [block]).slice(0, 3)).to.deep.equal([
      'x/b -> x/h:80/TCP: not defined by Kubernetes',
      "  depends on whether the plugin tells pods on the host's network from their node",
      '  depends on an address that is not known, which an ipBlock may hold',
    ]);
  });

  it('is the tier that denies in the first of several readings', () => {
    // Taken for its node, the peer is no pod: then another tier denies than where it is one.
    const deny = (name: string, ofPods: boolean): Tier => ({
      name,
      rule: ({ peer, direction }) => (direction === 'Egress' && (peer !== undefined) === ofPods ? 'deny' : 'next'),
    });
    const before = [deny('pods', true), deny('nodes', false)];
    const connection = { from: { pod: B }, to: { pod: ON_HOST }, port: 80, protocol: 'TCP' } as const;
    expect(oracleOf([], { before }).decide(connection).egress).to.deep.equal({ verdict: 'denied', decidedBy: 'nodes' });
  });
});

describe('an ipBlock and an address that is rewritten', () => {
  const only = (cidr: string) => policy('x', `{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: ${cidr}}}]}]}`);
  const ends: Ends = { from: { pod: A }, to: { pod: B }, dialled: { address: '10.96.0.1' } };
  for (const [ipBlockSees, cidr, verdict] of [
    ['real', '10.244.0.2/32', 'allowed'],
    ['real', '10.96.0.1/32', 'denied'],
    ['dialled', '10.244.0.2/32', 'denied'],
    ['dialled', '10.96.0.1/32', 'allowed'],
  ] as const) {
    it(`of ${cidr} is ${verdict} where the plugin is known to see the ${ipBlockSees} one`, () => {
      expect(textOf(ends, [only(cidr)], { ipBlockSees })[0]).to.equal(`x/a -> x/b:80/TCP: ${verdict}`);
    });
  }
});
