import { expect } from 'chai';
import { oracleDataplane, simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Pod } from '../../../src/core/model/pod.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      a: {ready: false, labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80]}
      twin: {ready: false, labels: {app: b}, ports: [80]}`;
const onlyA = policyText(
  'only-a',
  '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}',
);
const STEPS = `  - {name: closed, apply: [${onlyA}], expect: {deny: ["*->x/b,x/twin"], allow: ["x/a->*", "*->x/a"]}}
  - {name: one comes, create: {x/c: {ready: false, labels: {app: b}, ports: [80]}}, expect: {deny: ["*->x/b,x/twin,x/c"], allow: ["x/a->*", "*->x/a"]}}`;

async function run(trouble: Trouble = {}) {
  const { run } = await simulatedRun(trouble);
  const services = '      b: {selector: {app: b}, ports: [80]}';
  return run.runScenario(scenarioOf({ pods: PODS, services, steps: STEPS }), () => {});
}

describe('a pod that is not ready', () => {
  it('probes and is probed, under policy and as a peer, and no Service leads to it', async () => {
    const { status, reason, steps } = await run();
    expect([status, reason]).to.deep.equal(['passed', null]);
    const cells = steps[1]?.cells.map(({ from, to, expected }) => `${from}->${to} ${expected}`);
    expect(cells).to.include.members(['x/a->x/c open', 'x/c->x/twin closed', 'x/twin->x/c closed']);
  });

  it('is missed where nobody but ready pods is a peer', async () => {
    const { status, steps } = await run({
      network: (cluster) =>
        simulatedNetwork(cluster, (state) => oracleDataplane({ ...state, pods: state.pods.map(withoutLabels) })),
    });
    expect(status).to.equal('failed');
    expect(steps[0]?.failures.map(({ cell }) => cell)).to.include('x/a->x/b:80/TCP via pod-ip');
  });
});

function withoutLabels(pod: Pod): Pod {
  return pod.unready ? { ...pod, labels: {} } : pod;
}
