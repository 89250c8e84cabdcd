import { expect } from 'chai';
import type { ClusterNode } from '../../../../src/core/model/cluster-node.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { IpFamily } from '../../../../src/core/model/protocol.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { outsideEnds } from '../../../../src/core/oracle/outside-ends.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

/** A state whose policies admit these blocks, `CIDR EXCEPT…`, one after the other. */
const stateOf = (blocks: readonly string[], nodes: readonly ClusterNode[] = [], ips: readonly string[] = []) => {
  const pods: readonly Pod[] = [{ namespace: 'x', name: 'a', labels: {}, ports: [], ips }];
  const policies = blocks.map((text) => {
    const [cidr = '', ...except] = text.split(' ');
    const own = policy('x', '{}');
    return { ...own, spec: { ingress: [{ from: [{ ipBlock: { cidr, ...(except.length > 0 && { except }) } }] }] } };
  });
  return compile({ ...cluster(pods, policies), nodes });
};
const said = (oracles: Parameters<typeof outsideEnds>[0], families: readonly IpFamily[] = ['IPv4']) =>
  outsideEnds(oracles, families).map(({ name, stands }) => `${name}: ${stands}`);
const addresses = (...args: Parameters<typeof said>) => said(...args).filter((line) => !line.startsWith('node/'));

describe('addresses outside', () => {
  for (const [title, blocks, expected] of [
    ['are one where no policy speaks of any', [], ['192.0.2.1: any other IPv4 address']],
    [
      'stand for the narrowest block that they are in, those in most blocks first',
      ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24'],
      [
        '10.1.1.0: any other address in 10.1.1.0/24',
        '10.1.0.0: any other address in 10.1.0.0/16',
        '10.0.0.0: any other address in 10.0.0.0/8',
        '192.0.2.1: any other IPv4 address',
      ],
    ],
    [
      'are never 0.0.0.0, which is nobody',
      ['0.0.0.0/32', '0.0.0.0/31'],
      ['0.0.0.1: any other address in 0.0.0.0/31', '192.0.2.1: any other IPv4 address'],
    ],
    [
      'are none beyond the last',
      ['0.0.0.0/0', '255.255.255.255/32'],
      ['255.255.255.255: any other address in 255.255.255.255/32', '192.0.2.1: any other address in 0.0.0.0/0'],
    ],
    ['are those of blocks that can be read', ['10.0.0.0/33', 'nonsense'], ['192.0.2.1: any other IPv4 address']],
  ] as const) {
    it(title, () => expect(addresses([stateOf(blocks)])).to.deep.equal(expected));
  }

  it('stand for blocks of egress rules too, also beside rules for everyone', () => {
    const policies = [
      policy('x', '{egress: [{ports: [{port: 80}]}, {to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]}'),
      policy('x', '{ingress: [{}, {from: [{podSelector: {}}, {ipBlock: {cidr: 10.2.0.0/16}}]}]}'),
    ];
    expect(addresses([compile(cluster([], policies))])).to.deep.equal([
      '10.1.0.0: any other address in 10.1.0.0/16',
      '10.2.0.0: any other address in 10.2.0.0/16',
      '10.0.0.0: any other address in 10.0.0.0/8',
      '192.0.2.1: any other IPv4 address',
    ]);
  });

  it('are of the families that are asked for, each with its own blocks', () => {
    const oracle = stateOf(['1.16.0.0/16', '::100:0/104']);
    const four = ['1.16.0.0: any other address in 1.16.0.0/16', '192.0.2.1: any other IPv4 address'];
    const six = ['::100:0: any other address in ::100:0/104', '2001:db8::1: any other IPv6 address'];
    expect(addresses([oracle], ['IPv4'])).to.deep.equal(four);
    expect(addresses([oracle], ['IPv6'])).to.deep.equal(six);
    expect(addresses([oracle], ['IPv4', 'IPv6'])).to.deep.equal([...four, ...six]);
  });

  it("are nobody's in any of the states", () => {
    const [free, taken] = [stateOf([]), stateOf([], [], ['192.0.2.1'])];
    expect(addresses([free, taken])).to.deep.equal(['192.0.2.2: any other IPv4 address']);
    expect(addresses([taken, free])).to.deep.equal(['192.0.2.2: any other IPv4 address']);
  });

  it('are missing for a block whose every address is taken', () => {
    const oracle = stateOf(['10.0.0.1/32', '10.0.0.0/24', '10.9.0.0/16'], [], ['10.0.0.1']);
    expect(addresses([oracle])).to.deep.equal([
      '10.0.0.2: any other address in 10.0.0.0/24',
      '10.9.0.0: any other address in 10.9.0.0/16',
      '192.0.2.1: any other IPv4 address',
    ]);
  });
});

describe('nodes outside', () => {
  const node = (name: string, ...ips: readonly string[]): ClusterNode => ({ name, ips });
  const ends = (...oracles: Parameters<typeof outsideEnds>[0]) =>
    outsideEnds(oracles, []).map(({ name, stands, end }) => ({ name, stands, ...end }));
  const another = { name: 'node/another', stands: "any node but the pod's own", node: 'another' };

  it('are one of unknown address where no address of any node is known', () => {
    const expected = [{ ...another, address: undefined }];
    expect(ends(stateOf([]))).to.deep.equal(expected);
    expect(ends(stateOf(['10.0.0.0/8'], [node('n1')]))).to.deep.equal(expected);
  });

  it('are one where no block tells them apart, with all its addresses', () => {
    const nodes = [node('n0'), node('n1', '172.18.0.2', 'fd00::2'), node('n2', '172.18.0.3', 'fd00::3')];
    const expected = [{ ...another, address: '172.18.0.2', otherAddresses: ['fd00::2'] }];
    expect(ends(stateOf(['10.0.0.0/8'], nodes))).to.deep.equal(expected);
    expect(ends(stateOf(['172.18.0.0/16'], nodes))).to.deep.equal(expected);
  });

  it('are one of each kind that blocks tell apart, named by all of the kind in all states', () => {
    const nodes = [node('n1', '10.0.0.1'), node('n2', '172.18.0.2'), node('n3', '172.18.0.3')];
    const oracle = stateOf(['10.0.0.0/8'], nodes);
    expect(ends(oracle, oracle)).to.deep.equal([
      {
        name: 'node/another-1',
        stands: "any node but the pod's own, of n1",
        address: '10.0.0.1',
        node: 'another-1',
        otherAddresses: [],
      },
      {
        name: 'node/another-2',
        stands: "any node but the pod's own, of n2, n3",
        address: '172.18.0.2',
        node: 'another-2',
        otherAddresses: [],
      },
    ]);
  });

  it('are told apart by which of their addresses comes first', () => {
    const nodes = [node('n1', '10.0.0.1', '172.18.0.1'), node('n2', '172.18.0.2', '10.0.0.2')];
    expect(ends(stateOf(['10.0.0.0/8'], nodes))).to.have.length(2);
  });

  it('are in no block with an address that is none', () => {
    const nodes = [node('n1', 'n1.example'), node('n2', '172.18.0.2')];
    expect(ends(stateOf(['0.0.0.0/0'], nodes)).map(({ stands }) => stands)).to.deep.equal([
      "any node but the pod's own, of n1",
      "any node but the pod's own, of n2",
    ]);
  });
});
