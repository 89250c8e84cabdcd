import { expect } from 'chai';
import type { ContainerPort } from '../../../../src/core/model/pod.ts';
import type { Connection, End } from '../../../../src/core/oracle/connection.ts';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const PORTS: readonly ContainerPort[] = [
  { name: 'http', port: 8080, protocol: 'TCP' },
  { name: 'web', port: 8081, protocol: 'TCP' },
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns', port: 5353, protocol: 'TCP' },
  // Two containers of a pod may use one name.
  { name: 'twice', port: 9000, protocol: 'TCP' },
  { name: 'twice', port: 9001, protocol: 'TCP' },
];
const client = { pod: podOf('x/client') };
const server = { pod: podOf('y/server', { ports: PORTS }) };
const imagined = { pod: podOf('y/app=web', { portsUnknown: true }) };

/** What is said of a rule about the client's connections with these ports, and of its port that misses least. */
function said(ports: string, more: Partial<Connection> = {}, to: End = server): readonly string[] {
  const state = cluster(
    [client.pod, server.pod],
    [namedPolicy('x/p', `{policyTypes: [Egress], egress: [{ports: [${ports}]}]}`)],
  );
  return explained(state, dial(client, to, more)).filter((line) => /^(?:spec|ports)/.test(line));
}

const admitted = 'spec.egress[0] admits it';
const missed = 'spec.egress[0] does not admit it';

describe('what an explanation says of a port', () => {
  const rows: readonly (readonly [port: string, rule: string, asks: string, finds: string])[] = [
    ['{}', admitted, 'any port/TCP', '80/TCP is that'],
    ['{protocol: UDP}', missed, 'any port/UDP', 'the port is 80/TCP'],
    ['{port: 80}', admitted, 'port 80/TCP', '80/TCP is that'],
    ['{port: 81, protocol: SCTP}', missed, 'port 81/SCTP', 'the port is 80/TCP'],
    ['{port: 79, endPort: 81}', admitted, 'port 79-81/TCP', '80/TCP is that'],
    ['{port: 81, endPort: 90}', missed, 'port 81-90/TCP', 'the port is 80/TCP'],
    ['{port: http}', missed, 'port http/TCP', 'the port is 80/TCP and http of y/server is 8080/TCP'],
    ['{port: dns}', missed, 'port dns/TCP', 'the port is 80/TCP and dns of y/server is 5353/TCP'],
    ['{port: dns, protocol: UDP}', missed, 'port dns/UDP', 'the port is 80/TCP and dns of y/server is 53/UDP'],
    ['{port: twice}', missed, 'port twice/TCP', 'the port is 80/TCP and twice of y/server is 9000/TCP, 9001/TCP'],
    ['{port: none}', missed, 'port none/TCP', 'the port is 80/TCP and y/server has no TCP port named none'],
    ['{port: web, protocol: UDP}', missed, 'port web/UDP', 'the port is 80/TCP and y/server has no UDP port named web'],
  ];
  for (const [port, rule, asks, finds] of rows) {
    it(`${port}: ${finds}`, () => expect(said(port)).to.deep.equal([rule, `ports[0] asks for ${asks}; ${finds}`]));
  }

  it('that is named is its number where that is the one', () => {
    expect(said('{port: http}', { port: 8080 })).to.deep.equal([
      admitted,
      'ports[0] asks for port http/TCP; 8080/TCP is that',
    ]);
  });

  it('that is named is that only pods name ports', () => {
    expect(said('{port: http}', {}, { address: '192.0.2.7' })).to.deep.equal([
      missed,
      'ports[0] asks for port http/TCP; the port is 80/TCP and the destination is no pod, so it names no port',
    ]);
  });

  it('that is named is that the ports of an imagined pod are not known', () => {
    expect(said('{port: http}', {}, imagined)).to.deep.equal([
      missed,
      'ports[0] asks for port http/TCP; the port is 80/TCP and the ports of y/app=web are not known',
    ]);
  });
});

describe('of several ports, an explanation names', () => {
  const named = (ports: string, more: Partial<Connection> = {}) => said(ports, more)[1]?.split(';')[0];

  it('the one that admits', () => {
    expect(named('{port: 81}, {port: 80}')).to.equal('ports[1] asks for port 80/TCP');
  });

  it('the one that misses by its number or its protocol alone before the one that misses by both', () => {
    expect(named('{port: 81, protocol: UDP}, {port: 81}')).to.equal('ports[1] asks for port 81/TCP');
    expect(named('{port: 81, protocol: UDP}, {port: 80, protocol: UDP}')).to.equal('ports[1] asks for port 80/UDP');
    expect(named('{port: 81}, {port: 81, protocol: UDP}', { protocol: 'UDP', port: 82 })).to.equal(
      'ports[1] asks for port 81/UDP',
    );
  });

  it('the first of those that miss alike', () => {
    expect(named('{port: 81}, {port: 82}')).to.equal('ports[0] asks for port 81/TCP');
  });
});
