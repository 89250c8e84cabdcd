import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import { compiledTier, compilePolicies } from '../../../../src/core/oracle/compiled/tier.ts';
import { referenceTier } from '../../../../src/core/oracle/reference.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

const web: Pod = {
  namespace: 'y',
  name: 'web',
  labels: {},
  ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  ips: ['10.0.0.2'],
};
const client: Pod = { namespace: 'x', name: 'client', labels: {}, ports: [], ips: ['10.0.0.3'] };
const nameless: Pod = { ...web, ports: [], portsUnknown: true };

const entering: Query = {
  direction: 'Ingress',
  subject: web,
  peer: client,
  address: { family: 'IPv4', value: 0x0a000003n },
  unknownMatches: false,
  destination: web,
  port: 80,
  protocol: 'TCP',
};
const leaving: Query = { ...entering, direction: 'Egress', peer: undefined, destination: undefined };

const LABELS: Readonly<Record<string, Labels>> = { x: { team: 'a' }, y: { team: 'b' } };

/** What the tier says to a query, where the reference and the compiled form agree on it. */
function ruling(specs: readonly string[], query: Query): string {
  const state = cluster(
    [web, client],
    specs.map((spec) => policy('y', spec)),
    LABELS,
  );
  const literal = referenceTier(state);
  const compiled = compiledTier(compilePolicies(state.policies), (namespace) => LABELS[namespace]!);
  expect([literal.name, compiled.name]).to.deep.equal(['NetworkPolicy', 'NetworkPolicy']);
  const said = literal.rule(query);
  expect(compiled.rule(query)).to.equal(said);
  return said;
}

describe('the tier of NetworkPolicy', () => {
  it('leaves a pod that no policy isolates to the next tier', () => {
    expect(ruling([], entering)).to.equal('next');
    expect(ruling(['{podSelector: {matchLabels: {app: other}}}'], entering)).to.equal('next');
    expect(ruling(['{policyTypes: [Egress]}'], entering)).to.equal('next');
  });

  it('denies what no rule of the policies that isolate a pod admits', () => {
    expect(ruling(['{}'], entering)).to.equal('deny');
    expect(ruling(['{}', '{ingress: [{ports: [{port: 81}]}]}'], entering)).to.equal('deny');
  });

  it('accepts what one rule of one of them admits', () => {
    expect(ruling(['{}', '{ingress: [{ports: [{port: 81}]}, {ports: [{port: 80}]}]}'], entering)).to.equal('accept');
  });
});

describe('a rule for the pods of namespaces', () => {
  it("admits those whose own namespace's labels it selects", () => {
    const from = (team: string) =>
      `{ingress: [{from: [{namespaceSelector: {matchLabels: {team: ${team}}}, podSelector: {}}]}]}`;
    expect(ruling([from('a')], entering)).to.equal('accept');
    expect(ruling([from('b')], entering)).to.equal('deny');
    expect(ruling([from('b')], { ...entering, peer: web })).to.equal('accept');
  });
});

describe("a rule for a port's name", () => {
  const inbound = ['{ingress: [{ports: [{port: http}]}]}'];
  const outbound = ['{policyTypes: [Egress], egress: [{ports: [{port: http}]}]}'];

  it("admits the number that the destination's pod gives the name", () => {
    expect(ruling(inbound, entering)).to.equal('accept');
    expect(ruling(inbound, { ...entering, port: 81 })).to.equal('deny');
    expect(ruling(outbound, { ...leaving, peer: web, destination: web })).to.equal('accept');
  });

  it('admits nothing to a destination that is no pod', () => expect(ruling(outbound, leaving)).to.equal('deny'));

  it('admits a port that is not known only where it is asked for with that name', () => {
    const asked: Query = { ...entering, subject: nameless, destination: nameless };
    expect(ruling(inbound, asked)).to.equal('deny');
    expect(ruling(inbound, { ...asked, unknownNames: false })).to.equal('deny');
    expect(ruling(inbound, { ...asked, unknownNames: true })).to.equal('accept');
  });

  it('says nothing of ports by number, known or not', () => {
    const byNumber = ['{ingress: [{ports: [{port: 81}]}]}'];
    expect(ruling(byNumber, { ...entering, destination: nameless, unknownNames: true })).to.equal('deny');
  });
});
