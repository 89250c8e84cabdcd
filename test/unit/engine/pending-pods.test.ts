import { expect } from 'chai';
import { oracleDataplane, simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80]}
      early: {pending: true, labels: {app: b}, ports: [80]}`;
const SERVICES = '      b: {selector: {app: b}, ports: [80]}';
const onlyA = policyText(
  'only-a',
  '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}',
);
const STEPS = `  - {name: closed, apply: [${onlyA}], expect: {allow: all}}
  - name: one comes that never starts
    create: {x/late: {pending: true, labels: {app: a}, ports: [80]}, x/stuck: {pending: true, node: 1, labels: {app: b}}, x/c: {}}
    expect: {allow: all, deny: ["x/c->x/b"]}
  - {name: they go, remove: [x/late, x/stuck, x/early], expect: {allow: all, deny: ["x/c->x/b"]}}`;

async function run(trouble: Trouble): Promise<ScenarioResult> {
  const { run } = await simulatedRun(trouble);
  return run.runScenario(scenarioOf({ pods: PODS, services: SERVICES, steps: STEPS }), () => {});
}

describe('a pod that never starts', () => {
  it('is made and removed, not waited for, and has no cells', async () => {
    const made: string[] = [];
    const waited: string[] = [];
    const result = await run({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind === 'Pod') made.push(object.metadata.name);
          return cluster.apply(object, options);
        },
        waitForPods: async (namespace, names, options) => {
          waited.push(...names);
          return cluster.waitForPods(namespace, names, options);
        },
      }),
    });
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
    expect(made).to.have.members(['a', 'b', 'early', 'late', 'stuck', 'c']);
    expect(waited).to.have.members(['a', 'b', 'c']);
    const ends = result.steps.flatMap(({ cells }) => cells.flatMap(({ from, to }) => [from, to]));
    expect(new Set(ends)).to.deep.equal(new Set(['x/a', 'x/b', 'x/c']));
  });

  it('leaves a Service as it is: what reached it before must not waver', async () => {
    const steps = `  - {name: closed, apply: [${onlyA}], expect: {allow: all}}
  - {name: one comes, create: {x/late: {pending: true, labels: {app: b}, ports: [80]}}, expect: {allow: all}}`;
    const planned = plan(scenarioOf({ pods: PODS, services: SERVICES, steps }));
    const cells = planned[1]?.cells.filter(({ cell }) => cell.path === 'cluster-ip') ?? [];
    expect(cells.map(({ before, fresh = false }) => ({ before, fresh }))).to.deep.equal([
      { before: 'open', fresh: false },
    ]);
  });

  it('fails a plugin that enforces nothing more because of it', async () => {
    let stopped: ReturnType<typeof oracleDataplane> | undefined;
    const { status, steps } = await run({
      network: (cluster) =>
        simulatedNetwork(cluster, (state) => {
          if (!state.pods.some(({ name }) => name === 'late')) return oracleDataplane(state);
          stopped ??= oracleDataplane({ ...state, policies: [] });
          return stopped;
        }),
    });
    expect(status).to.equal('failed');
    expect(steps[1]?.failures.map(({ cell }) => cell)).to.include('x/c->x/b:80/TCP via pod-ip');
  });
});
