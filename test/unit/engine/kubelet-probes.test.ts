import { expect } from 'chai';
import type { SimulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import { simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}, ports: [80], kubeletProbes: [http, exec]}
      b: {labels: {app: b}, ports: [80]}`;
const deny = policyText('deny', '{podSelector: {}, policyTypes: [Ingress, Egress]}');
const STEPS = `  - {name: closed, apply: [${deny}], expect: {deny: ["x/*->x/*"]}}
  - name: one comes
    create: { x/c: { kubeletProbes: [grpc] } }
    expect: { deny: ["x/*->x/*"] }
  - {name: one goes, remove: [x/c], expect: {deny: ["x/*->x/*"]}}`;

async function run(trouble: Trouble = {}): Promise<ScenarioResult> {
  const { run } = await simulatedRun(trouble);
  const services = '      b: {selector: {app: b}, ports: [80]}';
  const result = await run.runScenario(scenarioOf({ pods: PODS, services, steps: STEPS }), () => {});
  await run.finish(() => {});
  return result;
}

const kubeletCells = ({ steps }: ScenarioResult) =>
  steps.map(({ cells }) =>
    cells.filter(({ path }) => path === 'kubelet').map(({ from, to, port }) => `${from}->${to}:${port}`),
  );

/** A network that keeps kubelets out as soon as `when` holds of the number of their probes so far. */
const without = (from: string, when: (count: number) => boolean): Trouble => {
  let count = 0;
  return {
    network: (cluster): SimulatedNetwork => {
      const sound = simulatedNetwork(cluster);
      return (ref, dial) => {
        if (dial.cell.from !== from) return sound(ref, dial);
        count += 1;
        return when(count) ? 'dropped' : sound(ref, dial);
      };
    },
  };
};

describe('pods that kubelets probe', () => {
  it('have a cell for each way, open whatever policies say, as long as they are there', async () => {
    const result = await run();
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
    const own = ['kubelet/http->x/a:9101', 'kubelet/exec->x/a:9101'];
    expect(kubeletCells(result)).to.deep.equal([own, [...own, 'kubelet/grpc->x/c:9103'], own, []]);
  });

  it('are watched long enough after a change for a kubelet that is kept out to say so', async () => {
    const { steps } = await run();
    const known = steps[0]?.cells.filter(({ path }) => path === 'kubelet').map((cell) => cell.known);
    expect(Math.min(...(known ?? []))).to.be.greaterThan(6_000 / 500 - 1);
  });

  it('fail the step in which a kubelet is kept out, with the time and the way to look at it', async () => {
    const result = await run(without('kubelet/http', (count) => count > 20));
    expect(result.status).to.equal('failed');
    const failed = result.steps.flatMap(({ failures }) => failures);
    expect(new Set(failed.map(({ cell }) => cell))).to.deep.equal(new Set(['kubelet/http->x/a:9101/TCP via kubelet']));
    expect(failed[0]).to.deep.include({ expected: 'open', observed: 'dropped', repro: 'kubectl -n x describe pod a' });
    expect(failed[0]?.at_ms).to.be.a('number');
    expect(failed[0]?.explanation).to.equal(
      'traffic from the node to a pod on it is always allowed, whatever policies say',
    );
  });

  it('fail where a new pod does not get ready under a denial', async () => {
    const result = await run(without('kubelet/grpc', () => true));
    expect(result.status).to.equal('failed');
    expect(result.steps[1]?.failures[0]?.reasons[0]?.code).to.equal('never-settled');
  });
});
