import { expect } from 'chai';
import type { IpBlock, NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Connection, End } from '../../../../src/core/oracle/connection.ts';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const server = { pod: podOf('y/server', { ips: ['10.0.1.2', 'fd00::2'] }) };

/** What is said of the blocks of a policy's only rule, about who comes from an end. */
function saidBy(policy: NetworkPolicy, from: End, more: Partial<Connection> = {}) {
  return explained(cluster([server.pod], [policy]), dial(from, server, more)).find((line) => line.startsWith('from'));
}
const said = (block: string, from: End, more: Partial<Connection> = {}) =>
  saidBy(namedPolicy('y/p', `{ingress: [{from: [{ipBlock: ${block}}]}]}`), from, more);

describe('what an explanation says of a block', () => {
  const rows: readonly (readonly [block: string, address: string, asks: string, finds: string])[] = [
    ['{cidr: 10.0.2.0/24}', '10.0.2.3', '10.0.2.0/24', 'is in it'],
    ['{cidr: 10.0.2.0/24}', '10.0.3.3', '10.0.2.0/24', 'lies outside 10.0.2.0/24'],
    ['{cidr: 10.0.0.0/16, except: [10.0.2.0/24]}', '10.0.3.3', '10.0.0.0/16 except 10.0.2.0/24', 'is in it'],
    [
      '{cidr: 10.0.0.0/16, except: [10.0.2.0/24, 10.0.3.0/24]}',
      '10.0.3.3',
      '10.0.0.0/16 except 10.0.2.0/24, 10.0.3.0/24',
      'is in the except 10.0.3.0/24',
    ],
    [
      '{cidr: 10.0.0.0/16, except: [10.0.2.0/24]}',
      '10.1.2.3',
      '10.0.0.0/16 except 10.0.2.0/24',
      'lies outside 10.0.0.0/16',
    ],
    ['{cidr: 10.0.0.0/16, except: [10.0.2.0/24]}', 'fd00::1', '10.0.0.0/16 except 10.0.2.0/24', 'is IPv6'],
    ['{cidr: "fd00::/8"}', '10.0.2.3', 'fd00::/8', 'is IPv4'],
    ['{cidr: "fd00::/8"}', 'fd00::1', 'fd00::/8', 'is in it'],
  ];
  for (const [block, address, asks, finds] of rows) {
    it(`${block}: ${address} ${finds}`, () =>
      expect(said(block, { address })).to.equal(`from[0] asks for addresses in ${asks}; ${address} ${finds}`));
  }

  it('is that an unknown address may lie outside, unless the block is all of the family', () => {
    const from = { address: undefined };
    const family = { family: 'IPv4' } as const;
    expect(said('{cidr: 10.0.2.0/24}', from, family)).to.equal(
      'from[0] asks for addresses in 10.0.2.0/24; an unknown IPv4 address may lie outside',
    );
    expect(said('{cidr: 0.0.0.0/0}', from, family)).to.equal(
      'from[0] asks for addresses in 0.0.0.0/0; an unknown IPv4 address is in it',
    );
    expect(said('{cidr: "::/0"}', from, family)).to.equal(
      'from[0] asks for addresses in ::/0; an unknown IPv4 address is IPv4',
    );
  });

  it('that nobody can read is that everything lies outside, and an except of that kind counts for none', () => {
    const unread = (block: IpBlock) =>
      saidBy(
        { ...namedPolicy('y/p', '{}'), spec: { ingress: [{ from: [{ ipBlock: block }] }] } },
        { address: '10.0.2.3' },
      );
    expect(unread({ cidr: '010.0.0.0/8', except: ['10.0.0.0/16'] })).to.equal(
      'from[0] asks for addresses in 010.0.0.0/8 except 10.0.0.0/16; 10.0.2.3 lies outside 010.0.0.0/8',
    );
    expect(unread({ cidr: '10.0.0.0/8', except: ['010.0.0.0/16', '10.0.2.0/24'] })).to.equal(
      'from[0] asks for addresses in 10.0.0.0/8 except 010.0.0.0/16, 10.0.2.0/24; 10.0.2.3 is in the except 10.0.2.0/24',
    );
  });
});
