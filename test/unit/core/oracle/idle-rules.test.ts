import { expect } from 'chai';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const client = { pod: podOf('x/client', { labels: { app: 'client' } }) };
const server = { pod: podOf('y/server', { labels: { app: 'web' } }) };

/** What an explanation says has no effect. */
function said(...policies: readonly (readonly [name: string, spec: string])[]): readonly string[] {
  const state = cluster(
    [client.pod, server.pod],
    policies.map(([name, spec]) => namedPolicy(name, spec)),
  );
  return explained(state, dial(client, server)).filter((line) => line.includes('no effect'));
}

describe('rules of a direction that policyTypes lacks', () => {
  const ingress = 'policyTypes: [Egress], egress: [{}], ingress: [{}]';

  it('are named where they select the pod in question', () => {
    expect(
      said(['y/p', `{${ingress}}`], ['y/q', `{${ingress}, podSelector: {matchLabels: {app: web}}}`]),
    ).to.deep.equal([
      'spec.ingress of y/p has no effect: policyTypes lacks Ingress',
      'spec.ingress of y/q has no effect: policyTypes lacks Ingress',
    ]);
    expect(said(['x/p', '{policyTypes: [Ingress], egress: [{}]}'])).to.deep.equal([
      'spec.egress of x/p has no effect: policyTypes lacks Egress',
    ]);
  });

  it('are passed over where they are about other pods, of this namespace or another', () => {
    expect(said(['y/p', `{${ingress}, podSelector: {matchLabels: {app: other}}}`])).to.deep.equal([]);
    expect(said(['z/p', `{${ingress}}`])).to.deep.equal([]);
  });

  it('are not said to be there of a policy that has none', () => {
    expect(said(['y/p', '{policyTypes: [Egress], egress: [{}]}'])).to.deep.equal([]);
  });

  it('are passed over where another policy isolates the pod', () => {
    expect(said(['y/p', `{${ingress}}`], ['y/q', '{ingress: [{}]}'])).to.deep.equal([]);
  });
});
