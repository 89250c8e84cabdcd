import { expect } from 'chai';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { idleRulesOf } from '../../../../src/core/model/policy-types.ts';

describe('the directions of which a policy has rules without effect', () => {
  const table: readonly (readonly [NetworkPolicy['spec'], string])[] = [
    [{}, ''],
    [{ ingress: [{}] }, ''],
    [{ ingress: [{}], egress: [{}] }, ''],
    [{ policyTypes: ['Egress'] }, ''],
    [{ policyTypes: ['Ingress'] }, ''],
    [{ policyTypes: ['Egress'], ingress: [] }, ''],
    [{ policyTypes: ['Ingress'], egress: [] }, ''],
    [{ policyTypes: ['Egress'], ingress: [{}] }, 'Ingress'],
    [{ policyTypes: ['Ingress'], ingress: [{}], egress: [{}] }, 'Egress'],
  ];
  for (const [spec, directions] of table) {
    it(`of ${JSON.stringify(spec)} are ${directions || 'none'}`, () =>
      expect(idleRulesOf(spec).join()).to.equal(directions));
  }
});
