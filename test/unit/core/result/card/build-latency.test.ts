import { expect } from 'chai';
import { buildLatency } from '../../../../../src/core/result/card/build-latency.ts';
import { aPlan, attempts } from '../../../../support/judge/step.ts';
import { aScenarioResult, aStep, SERIES } from '../../../../support/result/results.ts';

const withKinds = (kinds: readonly string[], atMs: number) => ({
  ...aStep('a step', [SERIES.closes('y/b', atMs), SERIES.staysOpen('y/c')]),
  changes: kinds.map((kind) => ({ kind, object: 'NetworkPolicy x/deny' })),
});

const latencyOf = (...steps: readonly ReturnType<typeof withKinds>[]) =>
  new Map(buildLatency([aScenarioResult({ steps })]).map((entry) => [entry.change, entry]));

describe('the times of the capability card', () => {
  it('are told for each kind of change, over the cells that it moved', () => {
    const latency = latencyOf(withKinds(['create'], 1310), withKinds(['create'], 1510), withKinds(['delete'], 2010));
    expect(latency.get('create')).to.deep.equal({
      change: 'create',
      cells: 2,
      settle_ms: { p50: 325, p95: 525, max: 525 },
      exposure_ms: { p50: 325, p95: 525, max: 525 },
    });
    expect(latency.get('delete')?.settle_ms?.max).to.equal(1025);
    expect(latency.get('update')).to.deep.equal({ change: 'update', cells: 0, settle_ms: null, exposure_ms: null });
  });

  it('take relabelled pods and namespaces together, and leave out steps that mix kinds or change nothing', () => {
    const latency = latencyOf(
      withKinds(['relabel-pod', 'relabel-namespace'], 1310),
      withKinds(['create', 'relabel-pod'], 1310),
      withKinds([], 1310),
    );
    expect([...latency.values()].map(({ cells }) => cells)).to.deep.equal([0, 0, 0, 1]);
  });

  it('count an exposure that was not seen to end with what it lasted at least', () => {
    const exposure = latencyOf(withKinds(['create'], 99_999)).get('create')?.exposure_ms;
    expect(exposure?.max).to.be.greaterThan(7000);
  });

  it('leave out what a literal wget saw: one takes two seconds', () => {
    const planned = aPlan({ cell: { method: 'wget' }, expected: 'closed' });
    const slow = { planned, attempts: attempts(0, 9000, (sentMs) => (sentMs < 1310 ? 'open' : 'dropped')) };
    const step = { ...aStep('a step', [slow]), changes: [{ kind: 'create', object: 'NetworkPolicy x/deny' }] };
    expect(step.settle_ms).to.be.a('number');
    expect(latencyOf(step).get('create')?.cells).to.equal(0);
  });
});
