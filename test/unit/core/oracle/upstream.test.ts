import { expect } from 'chai';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { cluster, deniedPairs, pairsOf, pods, policy } from '../../../support/oracle/cluster.ts';
import { UPSTREAM } from './upstream-cases.ts';

describe("Kubernetes' own netpol cases, by their facts", () => {
  it('are all 49 there', () => {
    expect(UPSTREAM.map(({ number }) => number)).to.deep.equal(Array.from({ length: 49 }, (_, i) => i + 1));
  });

  for (const { number, title, pods: names, probes } of UPSTREAM) {
    it(`${number} ${title}`, () => {
      for (const probe of probes) {
        const all = pods(names, probe.podLabels);
        const policies = probe.policies.map(([namespace, spec]) => policy(namespace, spec));
        const oracle = compile(cluster(all, policies, probe.namespaceLabels));
        const denied = deniedPairs(oracle, probe.port, probe.protocol ?? 'TCP');
        expect(denied).to.deep.equal(pairsOf(all, probe.deny ?? [], probe.except));
      }
    });
  }
});
