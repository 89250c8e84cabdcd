import { expect } from 'chai';
import type { ClusterNode } from '../../../../src/core/model/cluster-node.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { IpFamily } from '../../../../src/core/model/protocol.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { outsideEnds } from '../../../../src/core/oracle/outside-ends.ts';
import { wholeMatrix } from '../../../../src/core/oracle/whole-matrix.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

interface Asked {
  readonly policies?: readonly NetworkPolicy[];
  readonly nodes?: readonly ClusterNode[];
  readonly family?: IpFamily;
}

/** `from->to: verdict` for every two ends but a pod and itself. */
const verdicts = (pods: readonly Pod[], { policies = [], nodes = [], family }: Asked) => {
  const oracle = compile({ ...cluster(pods, policies), nodes });
  const outside = outsideEnds([oracle], ['IPv4']);
  const ports = [{ port: 80, protocol: 'TCP' }] as const;
  const { ends, verdict } = wholeMatrix(oracle, { ports, outside, ...(family && { family }) });
  return ends.flatMap((from, f) =>
    ends.flatMap((to, t) => (f === t ? [] : [`${from.name}->${to.name}: ${verdict(f, t, 0)}`])),
  );
};
const pod = (name: string, ip: string, more: Partial<Pod> = {}): Pod => {
  return { namespace: 'x', name, labels: { pod: name }, ports: [], ips: ip.split(' '), ...more };
};
const SHUT_A = policy('x', '{podSelector: {matchLabels: {pod: a}}, policyTypes: [Ingress, Egress]}');

describe('a whole matrix', () => {
  const pods = [pod('a', '10.0.0.1'), pod('b', '10.0.0.2')];

  it('is about pods and ends outside, and says nothing of two ends outside', () => {
    expect(verdicts(pods, { policies: [SHUT_A] })).to.deep.equal([
      'x/a->x/b: denied',
      'x/a->192.0.2.1: denied',
      'x/a->node/another: denied',
      'x/b->x/a: denied',
      'x/b->192.0.2.1: allowed',
      'x/b->node/another: allowed',
      '192.0.2.1->x/a: denied',
      '192.0.2.1->x/b: allowed',
      '192.0.2.1->node/another: undefined',
      'node/another->x/a: denied',
      'node/another->x/b: allowed',
      'node/another->192.0.2.1: undefined',
    ]);
  });

  it('says what its ends are called and stand for', () => {
    const oracle = compile(cluster(pods, []));
    const outside = outsideEnds([oracle], ['IPv4']);
    expect(wholeMatrix(oracle, { ports: [], outside }).ends.map(({ name, stands }) => [name, stands])).to.deep.equal([
      ['x/a', undefined],
      ['x/b', undefined],
      ['192.0.2.1', 'any other IPv4 address'],
      ['node/another', "any node but the pod's own"],
    ]);
  });

  it("has no pod's own node among the ends outside, whatever nodes are called", () => {
    for (const node of ['another', 'n1']) {
      const found = verdicts([pod('a', '10.0.0.1', { node })], { policies: [SHUT_A] });
      expect(found, node).to.include('node/another->x/a: denied').and.include('x/a->node/another: denied');
    }
  });

  it('goes by the nodes of pods between two of them', () => {
    const host = (node: string) => pod('h', '172.18.0.2', { hostNetwork: true, node });
    const from = (node: string) => verdicts([pod('a', '10.0.0.1', { node: 'n1' }), host(node)], { policies: [SHUT_A] });
    expect(from('n1')).to.include('x/h->x/a: undefined');
    expect(from('n2')).to.include('x/h->x/a: denied');
  });

  it('is about the family that is asked for, also with ends outside', () => {
    const both = [pod('a', '10.0.0.1 fd00::1')];
    const nodes = [{ name: 'n1', ips: ['172.18.0.2', 'fd01::2'] }];
    const policies = [policy('x', '{ingress: [{from: [{ipBlock: {cidr: 172.18.0.0/16}}]}]}')];
    expect(verdicts(both, { policies, nodes })).to.include('node/another->x/a: undefined');
    expect(verdicts(both, { policies, nodes, family: 'IPv4' })).to.include('node/another->x/a: allowed');
    expect(verdicts(both, { policies, nodes, family: 'IPv6' })).to.include('node/another->x/a: denied');
  });
});
