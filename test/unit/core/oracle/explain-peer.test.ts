import { expect } from 'chai';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const LABELS = { app: 'client', tier: 'front' };
const client = { pod: podOf('x/client', { labels: LABELS, ips: ['10.0.2.3'] }) };
const neighbour = { pod: podOf('y/client', { labels: LABELS, ips: ['10.0.2.4'] }) };
const server = { pod: podOf('y/server', { ips: ['10.0.1.2'] }) };

/** What is said of a rule with these peers, and of its peer that misses least. */
function said(from: End, peers: string): readonly string[] {
  const all = [client.pod, neighbour.pod, server.pod];
  const state = cluster(all, [namedPolicy('y/p', `{ingress: [{from: [${peers}]}]}`)], { x: { team: 'a' } });
  return explained(state, dial(from, server)).filter((line) => /^(?:spec|from)/.test(line));
}

const admitted = 'spec.ingress[0] admits it';
const missed = 'spec.ingress[0] does not admit it';

/** Peers, what becomes of the rule, what is asked for and what is found. */
type Row = readonly [peer: string, rule: string, asks: string, finds: string];

describe('what an explanation says of a peer', () => {
  const rows: readonly Row[] = [
    ['{podSelector: {}}', missed, 'any pod in its own namespace y', 'is in namespace x'],
    [
      '{podSelector: {matchLabels: {app: client}}}',
      missed,
      'pods with app=client in its own namespace y',
      'has app=client, but is in namespace x',
    ],
    [
      '{podSelector: {matchLabels: {app: web}}}',
      missed,
      'pods with app=web in its own namespace y',
      'has app=client and is in namespace x',
    ],
    [
      '{podSelector: {matchLabels: {app: client, tier: back}}}',
      missed,
      'pods with app=client, tier=back in its own namespace y',
      'has app=client, but has tier=front and is in namespace x',
    ],
    [
      '{namespaceSelector: {}, podSelector: {matchLabels: {app: web, tier: back}}}',
      missed,
      'pods with app=web, tier=back in any namespace',
      'has app=client, tier=front',
    ],
    [
      '{namespaceSelector: {}, podSelector: {matchLabels: {app: client, tier: front}}}',
      admitted,
      'pods with app=client, tier=front in any namespace',
      'has app=client, tier=front and is in namespace x',
    ],
    ['{namespaceSelector: {}}', admitted, 'any pod in any namespace', 'is in namespace x'],
    [
      '{namespaceSelector: {matchLabels: {team: a}}}',
      admitted,
      'any pod in namespaces with team=a',
      'is in namespace x',
    ],
    [
      '{namespaceSelector: {matchLabels: {team: b, stage: live}}}',
      missed,
      'any pod in namespaces with team=b, stage=live',
      'is in namespace x with team=a, no label stage',
    ],
    [
      '{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: client}}}',
      missed,
      'pods with app=client in namespaces with team=b',
      'has app=client, but is in namespace x with team=a',
    ],
  ];
  for (const [peer, rule, asks, finds] of rows) {
    it(`${peer}: ${finds}`, () =>
      expect(said(client, peer)).to.deep.equal([rule, `from[0] asks for ${asks}; x/client ${finds}`]));
  }

  it('is that a pod of the own namespace is in it', () => {
    expect(said(neighbour, '{podSelector: {}}')).to.deep.equal([
      admitted,
      'from[0] asks for any pod in its own namespace y; y/client is in namespace y',
    ]);
    expect(said(neighbour, '{podSelector: {matchLabels: {app: web}}}')).to.deep.equal([
      missed,
      'from[0] asks for pods with app=web in its own namespace y; y/client has app=client',
    ]);
  });

  it('is that an address is no pod', () => {
    expect(said({ address: '192.0.2.7' }, '{podSelector: {}}')).to.deep.equal([
      missed,
      'from[0] asks for any pod in its own namespace y; 192.0.2.7 is no pod',
    ]);
    expect(said({ address: undefined }, '{namespaceSelector: {}}')).to.deep.equal([
      missed,
      'from[0] asks for any pod in any namespace; an unknown IPv4 address is no pod',
    ]);
  });
});

describe('of several peers, an explanation names', () => {
  const named = (from: End, peers: string) => said(from, peers)[1]?.split(' ')[0];

  it('the one that admits', () => {
    expect(named(client, '{podSelector: {}}, {namespaceSelector: {}}')).to.equal('from[1]');
  });

  it('the one that lacks least, labels and namespace together', () => {
    const both = '{podSelector: {matchLabels: {app: web}}}';
    expect(named(client, `${both}, {podSelector: {}}`)).to.equal('from[1]');
    expect(named(client, `${both}, {ipBlock: {cidr: 192.0.2.0/24}}`)).to.equal('from[1]');
    expect(named(client, `{podSelector: {}}, ${both}`)).to.equal('from[0]');
  });

  it('a block before any pod, where the end is none', () => {
    expect(named({ address: '192.0.2.7' }, '{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}')).to.equal('from[1]');
  });
});
