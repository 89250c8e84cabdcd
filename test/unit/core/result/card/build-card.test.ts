import { expect } from 'chai';
import { CARD_PROPERTIES } from '../../../../../src/core/result/card/properties.ts';
import type { ResultStatus } from '../../../../../src/core/result/result.ts';
import { aRunResult, aScenarioResult } from '../../../../support/result/results.ts';

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
    const skipped = scenario('b', 'skipped', ['egress'], 'one node');
    expect(entry('egress', scenario('a', 'passed', ['egress', 'udp']), skipped)).to.include({
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
