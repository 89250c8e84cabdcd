import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { IpFamily } from '../../../../src/core/model/protocol.ts';
import type { Connection } from '../../../../src/core/oracle/connection.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const service = (...clusterIPs: readonly string[]) => ({
  namespace: 'x',
  name: 'web',
  selector: {},
  ports: [],
  clusterIPs,
});
const node = (...ips: readonly string[]) => ({ name: 'n1', ips });
const both: readonly IpFamily[] = ['IPv4', 'IPv6'];

describe('the address families of a cluster', () => {
  const rows: readonly (readonly [what: string, state: Partial<ClusterState>, families: readonly IpFamily[]])[] = [
    ['both while nothing has an address', { pods: [podOf('x/a')], services: [service()], nodes: [node()] }, both],
    ['both where nothing is known of nodes either', {}, both],
    ["those of the pods' addresses", { pods: [podOf('x/a', { ips: ['10.0.0.1'] })] }, ['IPv4']],
    ["those of the nodes' addresses", { nodes: [node('fd00::1')] }, ['IPv6']],
    ["those of the Services' addresses", { services: [service('fd00::1')] }, ['IPv6']],
    ['not those of a Service without an address', { services: [service('None')], nodes: [node('fd00::1')] }, ['IPv6']],
    ['both where only a Service without an address is known', { services: [service('None')] }, both],
    ['all of them, IPv4 first', { services: [service('10.96.0.1')], nodes: [node('fd00::1')] }, both],
  ];
  for (const [what, state, families] of rows) {
    it(`are ${what}`, () => expect(compile({ ...cluster([], []), ...state }).options.families).to.deep.equal(families));
  }

  it('settle what is not known of an address', () => {
    const server = { pod: podOf('y/server') };
    const anyIPv4 = namedPolicy('y/p', '{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}');
    const head = (nodes: ClusterState['nodes']) =>
      explained(
        { ...cluster([server.pod], [anyIPv4]), ...(nodes && { nodes }) },
        dial({ address: undefined }, server),
      )[0];
    expect(head([node('172.18.0.2')])).to.equal('an unknown IPv4 address -> y/server:80/TCP: allowed');
    expect(head([node('fd00::1')])).to.equal('an unknown IPv6 address -> y/server:80/TCP: denied');
    expect(head(undefined)).to.match(/: not defined by Kubernetes$/);
  });
});

describe('a family that is asked for', () => {
  const v4 = ['10.0.0.1'];
  const v6 = ['fd00::1'];
  const said = (from: Partial<Pod>, to: Partial<Pod>, family?: IpFamily) => {
    const [source, destination] = [podOf('x/a', from), podOf('y/b', to)];
    const state = cluster([source, destination], []);
    return explained(state, dial({ pod: source }, { pod: destination }, family && { family }));
  };
  const missing = 'an end has no address of the family that is asked for';

  it('and that one of the ends or both are known not to have is named as the reason', () => {
    for (const [from, to] of [
      [v4, [...v4, ...v6]],
      [[...v6, ...v4], v4],
      [v4, v4],
      [v4, []],
      [[], v4],
    ]) {
      expect(said({ ips: from ?? [] }, { ips: to ?? [] }, 'IPv6'), `${from} ${to}`).to.deep.equal([
        'x/a -> y/b:80/TCP: not defined by Kubernetes',
        `depends on a translation between address families: ${missing}`,
        `egress of x/a: not defined: ${missing}`,
        `ingress of y/b: not defined: ${missing}`,
      ]);
    }
  });

  it('and that both may have is no reason', () => {
    for (const ips of [v6, [...v4, ...v6], []]) {
      expect(said({ ips }, { ips: v6 }, 'IPv6')[0], `${ips}`).to.equal('x/a -> y/b:80/TCP: allowed');
    }
  });

  it('and that what is dialled is known not to have is named as the reason', () => {
    const [from, to] = [podOf('x/a', { ips: [...v4, ...v6] }), podOf('y/b', { ips: [...v4, ...v6] })];
    const said = (dialled: Connection['dialled'], family: IpFamily) =>
      explained(cluster([from, to], []), dial({ pod: from }, { pod: to }, { family, ...(dialled && { dialled }) }));
    expect(said({ address: '10.96.0.1' }, 'IPv6')).to.include(`egress of x/a: not defined: ${missing}`);
    for (const address of [undefined, 'fd00:10:96::1']) {
      expect(said({ address }, 'IPv6')[0], address).to.equal('x/a -> y/b:80/TCP: allowed');
    }
  });

  it('is not that the ends have none in common', () => {
    const apart = 'the ends have no address family in common';
    expect(said({ ips: v4 }, { ips: v6 })).to.include(`egress of x/a: not defined: ${apart}`);
    expect(said({ ips: v4 }, { ips: v6 }, 'IPv4')).to.include(`egress of x/a: not defined: ${missing}`);
  });
});
