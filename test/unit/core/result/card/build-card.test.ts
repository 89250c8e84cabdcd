import { expect } from 'chai';
import { CARD_PROPERTIES } from '../../../../../src/core/result/card/properties.ts';
import type { ResultStatus } from '../../../../../src/core/result/result.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../../support/result/results.ts';

const scenario = (id: string, status: ResultStatus, tags: readonly string[], reason: string | null = null) =>
  aScenarioResult({ id, status, tags, reason });

/** The entry of `property` on the card of a run of these scenarios. */
const entry = (property: string, ...scenarios: readonly ReturnType<typeof scenario>[]) =>
  aRunResult(scenarios).card.find((candidate) => candidate.property === property);

describe('the capability card', () => {
  it('has every property once, tested or not', () => {
    const { card } = aRunResult([]);
    expect(card.map(({ property }) => property)).to.deep.equal(CARD_PROPERTIES.map(({ tag }) => tag));
    expect(new Set(CARD_PROPERTIES.map(({ tag }) => tag)).size).to.equal(CARD_PROPERTIES.length);
    expect(card.every(({ state }) => state === 'not-tested')).to.equal(true);
  });

  it('says enforced where scenarios passed and none failed, whatever was skipped', () => {
    const skipped = scenario('b', 'skipped', ['named-ports'], 'one node');
    expect(entry('named-ports', scenario('a', 'passed', ['named-ports', 'udp']), skipped)).to.include({
      state: 'enforced',
      passed: 1,
      undecided: 1,
      reason: null,
    });
  });

  it('says violated, and by which scenarios, where one failed or was flaky, however many passed', () => {
    const found = entry(
      'named-ports',
      scenario('a', 'passed', ['named-ports']),
      scenario('b', 'failed', ['named-ports']),
      scenario('c', 'flaky', ['named-ports']),
      scenario('d', 'failed', ['egress']),
    );
    expect(found).to.deep.include({ state: 'violated', violated: ['b', 'c'], passed: 1, undecided: 0 });
  });

  describe('where cells tell more than tags', () => {
    const closes = (name: string, kind: string, over: Partial<ReturnType<typeof aStep>['cells'][number]> = {}) => {
      const step = aStep(name, [SERIES.closes()]);
      const cells = step.cells.map((cell) => ({ ...cell, ...over }));
      return { ...step, cells, changes: [{ kind, object: 'NetworkPolicy x/deny' }] };
    };
    const failed = { status: 'failed' } as const;

    it('says enforced only where a cell that was judged is about it', () => {
      const tcp = aScenarioResult({ id: 'a', tags: ['sctp', 'ipv6', 'tcp'], steps: [closes('one', 'create')] });
      expect(entry('sctp', tcp)).to.include({
        state: 'not-tested',
        passed: 0,
        undecided: 1,
        reason: 'no cell that was judged is about it',
      });
      expect(entry('ipv6', tcp)?.state).to.equal('not-tested');
      expect(entry('tcp', tcp)).to.include({ state: 'enforced', passed: 1 });
      const reported = closes('one', 'create', { family: 'IPv6', status: 'reported' });
      const shown = aScenarioResult({ id: 'b', tags: ['ipv6'], steps: [reported] });
      expect(entry('ipv6', shown)?.state).to.equal('not-tested');
    });

    it('says of pods on the network of their node only what cells of such pods say', () => {
      const plain = aScenarioResult({ id: 'a', tags: ['host-network'], steps: [closes('one', 'create')] });
      expect(entry('host-network', plain)?.state).to.equal('not-tested');
      expect(entry('host-network', { ...plain, host_network: ['x/other'] })?.state).to.equal('not-tested');
      expect(entry('host-network', { ...plain, host_network: ['y/b'] })?.state).to.equal('enforced');
    });

    it('lets a failure violate what failed cells and their steps are about, and what only tags tell', () => {
      const tags = ['ingress', 'tcp', 'udp', 'policy-create', 'policy-delete'];
      const steps = [closes('made', 'create'), closes('gone', 'delete', { ...failed, protocol: 'UDP' })];
      const { card } = aRunResult([aScenarioResult({ id: 'a', status: 'failed', tags, steps })]);
      const violated = card.filter(({ state }) => state === 'violated').map(({ property }) => property);
      expect(violated).to.deep.equal(['ingress', 'udp', 'policy-delete']);
      expect(card.find(({ property }) => property === 'tcp')).to.include({
        state: 'not-tested',
        undecided: 1,
        reason: 'its scenarios failed before or elsewhere',
      });
    });

    it('goes by the directions in which policies decide the cells', () => {
      const told = (...explanations: readonly string[]) => {
        const explanation = explanations.map((_, index) => index);
        return { ...closes('made', 'create', { ...failed, explanation }), explanations };
      };
      const stateOf = (step: ReturnType<typeof told>) => {
        const { card } = aRunResult([
          aScenarioResult({ id: 'a', status: 'failed', tags: ['ingress', 'egress'], steps: [step] }),
        ]);
        return card.filter(({ state }) => state === 'violated').map(({ property }) => property);
      };
      const egress = '  egress of x/a: allowed: no policy isolates it';
      expect(
        stateOf(told(egress, '  ingress of y/b: denied: no rule of the 1 policy that isolates it admits it')),
      ).to.deep.equal(['ingress']);
      const admitted = '  egress of x/a: allowed';
      expect(
        stateOf(told(admitted, '  ingress of y/b: denied: no rule of the 1 policy that isolates it admits it')),
      ).to.deep.equal(['ingress']);
      const opens = told(admitted, '  ingress of y/b: allowed: no policy isolates it');
      const cells = opens.cells.map((cell) => ({ ...cell, expected: 'open' as const }));
      expect(stateOf({ ...opens, cells })).to.deep.equal(['egress']);
      expect(stateOf(told()), 'a result without explanations').to.deep.equal(['ingress', 'egress']);
    });

    it('lets a failure that is about none of its properties violate them all', () => {
      const steps = [closes('made', 'create', failed)];
      const elsewhere = aScenarioResult({ id: 'a', status: 'failed', tags: ['udp', 'policy-delete'], steps });
      expect(entry('udp', elsewhere)).to.include({ state: 'violated' });
      expect(entry('policy-delete', elsewhere)).to.include({ state: 'violated' });
    });
  });

  it('says why something was not tested: a skip and an inconclusive scenario prove nothing', () => {
    const found = entry(
      'sctp',
      scenario('a', 'skipped', ['sctp'], 'no SCTP in the kernel'),
      scenario('b', 'skipped', ['sctp'], 'no SCTP in the kernel'),
      scenario('c', 'inconclusive', ['sctp'], 'stream lost'),
    );
    expect(found).to.include({
      state: 'not-tested',
      undecided: 3,
      reason: 'skipped: no SCTP in the kernel; inconclusive: stream lost',
    });
    expect(entry('soak')?.reason).to.equal('no scenario of this run has the tag');
  });

  it('tells a documented gap from a bug', () => {
    const gap = { property: 'ip-block', says: 'not for pods', source: 'https://example.test/policy' };
    const failed = [scenario('a', 'failed', ['ip-block']), scenario('b', 'failed', ['egress'])];
    const { card } = aRunResult(failed, { cni: { name: 'x', version: 'v1', gaps: [gap] } });
    const of = (property: string) => card.find((each) => each.property === property);
    expect(of('ip-block')).to.include({
      state: 'violated',
      documented: 'not for pods (https://example.test/policy)',
    });
    expect(of('egress')).to.include({ state: 'violated' }).and.not.have.property('documented');
    const all = { ...gap, property: '*' };
    const control = aRunResult(failed, { cni: { name: 'x', version: 'v1', gaps: [all] } });
    expect(control.card.every(({ documented }) => documented !== undefined)).to.equal(true);
  });

  it('is not there for a simulated run', () => {
    const { card, latency } = aRunResult([scenario('a', 'passed', ['tcp'])], { simulated: true });
    expect({ card, latency }).to.deep.equal({ card: [], latency: [] });
  });
});
