import { expect } from 'chai';
import type { Connection, End } from '../../../../src/core/oracle/connection.ts';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const server = { pod: podOf('y/server', { labels: { app: 'web' }, ips: ['10.0.1.2', 'fd00::2'] }) };

/** What would open the connection to a server whose policies, or its peer's, admit nothing. */
function said(spec: string, from: End, to: End, more: Partial<Connection> = {}): readonly string[] {
  const pods = [from, to].flatMap((end) => ('pod' in end ? [end.pod] : []));
  const lines = explained(cluster(pods, [namedPolicy('y/p', spec)]), dial(from, to, more));
  return lines.filter((line) => line.startsWith('to open it'));
}

const X = '{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"x"}},"podSelector"';

describe('what would open a connection', () => {
  const rows: readonly (readonly [who: string, from: End, peer: string, more?: Partial<Connection>])[] = [
    [
      'a pod of the own namespace is a rule for such pods',
      { pod: podOf('y/a', { labels: { app: 'a' } }) },
      '{"podSelector":{"matchLabels":{"app":"a"}}}',
    ],
    ['one without labels is a rule for all pods of the namespace', { pod: podOf('y/a') }, '{"podSelector":{}}'],
    [
      'a pod of another namespace names that namespace',
      { pod: podOf('x/a', { labels: { app: 'a' } }) },
      `${X}:{"matchLabels":{"app":"a"}}}`,
    ],
    ['one of another namespace without labels is a rule for all of its pods', { pod: podOf('x/a') }, `${X}:{}}`],
    ['an address of IPv4 is a block of that address', { address: '192.0.2.7' }, '{"ipBlock":{"cidr":"192.0.2.7/32"}}'],
    [
      'an address of IPv6 is a block of that address',
      { address: '2001:db8::7' },
      '{"ipBlock":{"cidr":"2001:db8::7/128"}}',
    ],
    [
      'an unknown address is all of IPv4',
      { address: undefined },
      '{"ipBlock":{"cidr":"0.0.0.0/0"}}',
      { family: 'IPv4' },
    ],
    [
      'an unknown address of IPv6 is all of IPv6',
      { address: undefined },
      '{"ipBlock":{"cidr":"::/0"}}',
      { family: 'IPv6' },
    ],
  ];
  for (const [who, from, peer, more] of rows) {
    it(`from ${who}`, () =>
      expect(said('{}', from, server, more)).to.deep.equal([
        `to open it, add to spec.ingress of y/p: {"from":[${peer}],"ports":[{"protocol":"TCP","port":80}]}`,
      ]));
  }

  it('where egress denies is a rule of egress, with the protocol that is asked for', () => {
    const shut = '{policyTypes: [Egress]}';
    const asked = { port: 53, protocol: 'UDP' } as const;
    expect(said(shut, server, { address: '192.0.2.7' }, asked)).to.deep.equal([
      'to open it, add to spec.egress of y/p: {"to":[{"ipBlock":{"cidr":"192.0.2.7/32"}}],"ports":[{"protocol":"UDP","port":53}]}',
    ]);
  });
});
