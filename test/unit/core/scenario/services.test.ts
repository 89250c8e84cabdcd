import { expect } from 'chai';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import { portKey } from '../../../../src/core/judge/record.ts';
import { cellName } from '../../../../src/core/matrix/cell.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';
import { initialPodLabels } from '../../../../src/core/scenario/pod-labels.ts';
import { endpointsOf } from '../../../../src/engine/backends.ts';
import { simulatedRun } from '../../../support/engine/simulated-run.ts';
import { anAttempt, aRecord, attempts, healthy } from '../../../support/judge/step.ts';
import { policyText, scenarioOf } from '../../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}}
      b: {labels: {app: s}, ports: [{port: 80, name: http}]}
      c: {labels: {app: s}, ports: [{port: 8080, name: http}]}`;
const egress80 = policyText(
  'to-80',
  '{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]}',
);

describe('a Service with unlike backends', () => {
  const services = '      s: {selector: {app: s}, ports: [{port: 80, targetPort: http}]}';
  const scenario = scenarioOf({ pods: PODS, services, steps: `  - {name: one, apply: [${egress80}]}` });
  const [step] = plan(scenario);
  const planned = step?.cells.find(({ cell }) => cell.path === 'cluster-ip');

  it('leads to the port of that name of each', () => {
    const cells = step?.cells.map(({ cell }) => cell) ?? [];
    expect([...endpointsOf(scenario, initialPodLabels(scenario), cells).values()]).to.deep.equal([
      [
        { pod: 'x/b', port: 80 },
        { pod: 'x/c', port: 8080 },
      ],
    ]);
  });

  it('is not judged where one is allowed and the other is not, but for who answers', () => {
    expect(planned).to.deep.include({ expected: 'reported', answerable: ['x/b'], allowed: ['x/b'] });
    const judged = (sentMs: number) => {
      const attempts = [anAttempt(sentMs, 'misrouted', { answeredBy: 'x/c' })];
      return judgeStep(aRecord([{ planned: planned!, attempts }]), DEFAULT_LIMITS).cells[0];
    };
    expect(judged(5_000)?.status).to.equal('reported');
    expect(judged(7_000)).to.include({ status: 'fail', observed: 'misrouted' });
  });

  it('fails where nobody answers at all, though one of them has to', () => {
    const ready = [{ fromMs: 0, toMs: 100_000 }];
    const backends = new Map([[portKey(planned!.cell), ['x/b', 'x/c'].map((pod) => ({ pod, port: 80, ready }))]]);
    const agents = new Map(['x/a', 'x/b', 'x/c'].map((pod) => [pod, healthy(pod)]));
    const judged = (answersEvery: number) => {
      const series = attempts(0, 9_000, (_, index) => (index % answersEvery === 0 ? 'open' : 'dropped'));
      return judgeStep(aRecord([{ planned: planned!, attempts: series }], { agents, backends }), DEFAULT_LIMITS)
        .cells[0];
    };
    expect(judged(2)?.status).to.equal('reported');
    expect(judged(1_000)).to.include({ status: 'fail', observed: 'dropped' });
  });

  it('is watched until the budget is over', async () => {
    const { run } = await simulatedRun();
    const { status, steps } = await run.runScenario(scenario, () => {});
    await run.finish(() => {});
    expect(status).to.equal('passed');
    const cell = steps[0]?.cells.find(({ path }) => path === 'cluster-ip');
    expect(cell?.series.at(-1)?.[3]).to.be.greaterThan(5_000);
  });
});

describe('a headless Service', () => {
  const services = '      s: {headless: true, selector: {app: s}, ports: [80]}';
  const pods = PODS.replace('8080', '80');

  it('is probed by its name only, at the port that is dialled', () => {
    const head = 'title: t\nwhy: w\npaths: [pod-ip, cluster-ip, dns]';
    const scenario = scenarioOf({ head, pods, services });
    const cells = plan(scenario)[0]?.cells.map(({ cell }) => cell) ?? [];
    expect(cells.filter(({ to }) => to === 'x/s').map(cellName)).to.deep.equal(['x/a->x/s:80/TCP via dns']);
    expect([...endpointsOf(scenario, initialPodLabels(scenario), cells).values()].flat()).to.deep.equal([
      { pod: 'x/b', port: 80 },
      { pod: 'x/c', port: 80 },
    ]);
  });

  it('is made without an address, and runs', async () => {
    const { run, cluster } = await simulatedRun();
    const specs: unknown[] = [];
    const head = 'title: t\nwhy: w\npaths: [dns]';
    const { status } = await run.runScenario(scenarioOf({ head, pods, services }), (event) => {
      if (event.kind === 'step-started') specs.push(...cluster.store.ofKind('Service').map(({ spec }) => spec));
    });
    await run.finish(() => {});
    expect(status).to.equal('passed');
    expect(specs[0]).to.deep.include({ clusterIP: 'None' });
  });
});
