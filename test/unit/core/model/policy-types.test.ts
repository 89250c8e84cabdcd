import { expect } from 'chai';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { appliedOver, idleRulesOf, policyTypesOf } from '../../../../src/core/model/policy-types.ts';

const policy = (spec: NetworkPolicy['spec']): NetworkPolicy => ({ metadata: { name: 'p', namespace: 'x' }, spec });
const typesAfter = (...specs: readonly NetworkPolicy['spec'][]) => {
  let last: NetworkPolicy | undefined;
  for (const spec of specs) last = appliedOver(last, policy(spec));
  return policyTypesOf(last!.spec);
};

describe('policyTypes of a policy that is applied over another', () => {
  it('stay as the server filled them in while nobody states them', () => {
    expect(typesAfter({}, { egress: [{}] })).to.deep.equal(['Ingress']);
    expect(typesAfter({ egress: [{}] }, {})).to.deep.equal(['Ingress', 'Egress']);
    expect(typesAfter({}, { egress: [{}] }, { ingress: [{}], egress: [{}] })).to.deep.equal(['Ingress']);
  });

  it('are filled in anew where the one before stated them, or where this one does', () => {
    expect(typesAfter({ policyTypes: ['Egress'] }, { egress: [{}] })).to.deep.equal(['Ingress', 'Egress']);
    expect(typesAfter({ policyTypes: ['Egress'] }, {})).to.deep.equal(['Ingress']);
    expect(typesAfter({}, { policyTypes: ['Egress'] })).to.deep.equal(['Egress']);
    expect(typesAfter({}, { policyTypes: [], egress: [{}] })).to.deep.equal(['Ingress', 'Egress']);
  });

  it('leave rules without effect', () => {
    const kept = appliedOver(policy({}), policy({ egress: [{}] }));
    expect(idleRulesOf(kept.spec)).to.deep.equal(['Egress']);
  });
});
