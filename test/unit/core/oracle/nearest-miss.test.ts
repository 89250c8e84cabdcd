import { expect } from 'chai';
import { type AskedOfThem, explained, JOB } from '../../../support/oracle/web-and-job.ts';

const APP = '{podSelector: {matchLabels: {app: job}}}';
const FAR = '{podSelector: {matchLabels: {app: other, tier: front}}}';
const NEAR = '{namespaceSelector: {}, podSelector: {matchLabels: {app: job, tier: front}}}';
const NEARER = APP;
const MATCH = '{namespaceSelector: {}, podSelector: {matchLabels: {app: job}}}';
const BLOCK = '{ipBlock: {cidr: 10.0.0.0/8}}';

/** The rule of a policy with these peers and ports. */
const ruleOf = (peers: readonly string[], ports: readonly string[], asked?: AskedOfThem) =>
  explained([`x/p {ingress: [{from: [${peers.join(', ')}], ports: [${ports.join(', ')}]}]}`], asked).ingress.policies[0]
    ?.rules[0];

describe('the peer that a rule is explained by', () => {
  const cases: readonly (readonly [string, readonly string[], number])[] = [
    ['is one that matches, wherever it stands', [FAR, NEAR, MATCH], 2],
    ['is one that matches, before others', [MATCH, NEARER, FAR], 0],
    ['is the first that matches', [FAR, BLOCK, MATCH], 1],
    ['is the one that misses least, where it comes last', [FAR, NEAR], 1],
    ['is the one that misses least, where it comes first', [NEAR, FAR], 0],
    ['is the one that misses least, in the middle', [FAR, NEARER, FAR], 1],
    ['is the first of those that miss least', [FAR, NEAR, NEARER], 1],
  ];
  for (const [title, peers, index] of cases) {
    it(title, () => {
      const peer = ruleOf(peers, [])?.peer;
      expect(peer?.part).to.deep.equal({ policy: 'x/p', path: ['spec', 'ingress', 0, 'from', index] });
      expect(peer?.matches).to.equal(peer?.misses === 0);
    });
  }

  it('is a block rather than pods, where the source is no pod', () => {
    const block = '{ipBlock: {cidr: 192.0.2.0/24}}';
    const peer = ruleOf([APP, block], [], { from: { address: '198.51.100.7' } })?.peer;
    expect(peer?.part.path).to.deep.equal(['spec', 'ingress', 0, 'from', 1]);
  });
});

describe('the port that a rule is explained by', () => {
  const cases: readonly (readonly [string, readonly string[], number])[] = [
    ['is one that matches', ['{port: 81}', '{port: 80, protocol: UDP}', '{port: http}'], 2],
    ['is the one that misses least', ['{port: 81, protocol: UDP}', '{port: 81}'], 1],
    ['is the first of those that miss as little', ['{port: 80, protocol: UDP}', '{port: 81}'], 0],
  ];
  for (const [title, ports, index] of cases) {
    it(title, () => {
      const port = ruleOf([], ports)?.port;
      expect(port?.part).to.deep.equal({ policy: 'x/p', path: ['spec', 'ingress', 0, 'ports', index] });
      expect(port?.matches).to.equal(port?.misses === 0);
    });
  }
});

describe('an explanation', () => {
  const ruleless = (policy: string) => [{ part: { policy, path: [] }, rules: [] }];
  const whole = (policy: string, field: string) => ({
    part: { policy, path: ['spec', field, 0] },
    admits: true,
    peer: undefined,
    port: undefined,
  });

  it('has no rules of a policy that has none for the direction', () => {
    const { egress, ingress } = explained(['x/p {egress: [{}]}', 'y/p {policyTypes: [Egress], ingress: [{}]}']);
    expect(ingress.policies).to.deep.equal(ruleless('x/p'));
    expect(egress.policies).to.deep.equal(ruleless('y/p'));
  });

  it('has no peer or port of a rule that is for all', () => {
    const { egress, ingress } = explained(['x/p {ingress: [{}]}', 'y/p {policyTypes: [Egress], egress: [{}]}']);
    expect(ingress.policies[0]?.rules).to.deep.equal([whole('x/p', 'ingress')]);
    expect(egress.policies[0]?.rules).to.deep.equal([whole('y/p', 'egress')]);
  });

  it('has rules without effect only where no policy isolates the pod', () => {
    const idle = 'x/idle {policyTypes: [Egress], ingress: [{}]}';
    expect(explained([idle]).ingress.idle).to.deep.equal([{ policy: 'x/idle', path: ['spec', 'ingress'] }]);
    expect(explained([idle, 'x/shut {}']).ingress.idle).to.deep.equal([]);
  });

  it('has no remedy where it is not sure that the connection is denied', () => {
    const from = { pod: { ...JOB, ips: [] } };
    const { verdict, ingress } = explained(['x/p {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}'], { from });
    expect([verdict, ingress.verdict, ingress.remedy]).to.deep.equal(['undefined', 'undefined', undefined]);
  });

  it('is refused where a cluster is said to have no address family', () => {
    const ends = { from: { address: undefined }, to: { address: undefined }, options: { families: [] } };
    expect(() => explained([], ends)).to.throw(RangeError, 'a cluster has at least one address family');
  });
});
