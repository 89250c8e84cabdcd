import { expect } from 'chai';
import { loadScenarios } from '../../../../src/adapters/files/load-scenarios.ts';
import type { IpFamily } from '../../../../src/core/model/protocol.ts';
import { familiesOf } from '../../../../src/core/scenario/families.ts';
import { needsOf } from '../../../../src/core/scenario/needs.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';

/** Needs that tell which families of addresses a cluster has to have, and whether it has them. */
const MET: Readonly<Record<string, (has: readonly IpFamily[]) => boolean>> = {
  ipv4: (has) => has.includes('IPv4'),
  ipv6: (has) => has.includes('IPv6'),
  'dual-stack': (has) => has.length > 1,
};

describe('the families of addresses that a scenario is probed in', () => {
  const scenarios = loadScenarios([]);
  const clusters: readonly (readonly IpFamily[])[] = [['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']];

  for (const has of clusters) {
    it(`leave every scenario of the project without a contradiction on a cluster of ${has.join(' and ')}, or skip it`, function () {
      this.timeout(60_000);
      const fitting = scenarios.filter((scenario) => needsOf(scenario).every((need) => MET[need]?.(has) ?? true));
      expect(fitting.length).to.be.greaterThan(300);
      for (const scenario of fitting) {
        expect(() => plan(scenario, { ipFamilies: familiesOf(scenario, has) }), scenario.id).not.to.throw();
      }
    });
  }

  it('are those of the cluster where a scenario names no ranges, or says of which families it speaks', () => {
    const named = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    const dual: readonly IpFamily[] = ['IPv4', 'IPv6'];
    expect(familiesOf(named.get('upstream/01-default-deny-ingress')!, dual)).to.deep.equal(dual);
    expect(familiesOf(named.get('semantics/blocks-of-each-family')!, dual)).to.deep.equal(dual);
    expect(familiesOf(named.get('upstream/36-except-clause')!, dual)).to.deep.equal(['IPv4']);
  });
});
