import { expect } from 'chai';
import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import { initialPodLabels, podLabelsAfter } from '../../../src/core/scenario/pod-labels.ts';
import { endpointsOf, withLeaving } from '../../../src/engine/backends.ts';
import { anAttempt, aPlan, aRecord, attempts, TIMES } from '../../support/judge/step.ts';
import { scenarioOf } from '../../support/scenario/scenario-text.ts';

describe('a pod that leaves a Service by its labels', () => {
  const pods = `      a: {}
      b: {labels: {app: s}, ports: [80]}
      c: {labels: {app: s}, ports: [80]}`;
  const services = '      s: {selector: {app: s}, ports: [80]}';
  const steps = '  - {name: none}\n  - {name: one leaves, label: {x/c: {app: other}}}';
  const scenario = scenarioOf({ pods, services, steps });

  it('may answer for a while', () => {
    const planned = plan(scenario)[1]!;
    const cells = planned.cells.map(({ cell }) => cell);
    const labels = initialPodLabels(scenario);
    const before = endpointsOf(scenario, labels, cells);
    const after = endpointsOf(scenario, podLabelsAfter(labels, planned.changes), cells);
    const leaving = withLeaving(planned.cells, before, after).map(({ cell, leaving: gone }) => [cell.path, gone]);
    expect(leaving).to.deep.include(['cluster-ip', ['x/c']]);
    expect(leaving.filter(([path]) => path === 'pod-ip').every(([, gone]) => gone === undefined)).to.equal(true);
  });

  it('is somebody else once the budget is over', () => {
    const planned = aPlan({ leaving: ['y/c'], cell: { to: 'y/s', path: 'cluster-ip' } });
    const verdict = (atMs: number) => {
      const stale = anAttempt(atMs, 'open', { answeredBy: 'y/c' });
      const series = [...attempts(0, 9_000, () => 'open'), stale];
      return judgeStep(aRecord([{ planned, attempts: series }]), DEFAULT_LIMITS).cells[0];
    };
    expect(verdict(TIMES.answered + 900)?.status).to.equal('pass');
    expect(verdict(TIMES.answered + 5_900)).to.include({ status: 'fail', observed: 'misrouted' });
  });
});
