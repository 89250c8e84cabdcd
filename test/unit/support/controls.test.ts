import { expect } from 'chai';
import { simulatedMachinery } from '../../../src/adapters/simulated/simulated-machinery.ts';
import type { Expected } from '../../../src/core/matrix/expected.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Change } from '../../../src/core/scenario/scenario.ts';
import { agentsStopped, controlled, everythingDenied } from '../../support/e2e/controls.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const apply = (name: string, spec: object): Change => ({ kind: 'apply', manifest: policy(name, spec) });
const steps = [
  { name: 'no policy', changes: [] },
  { name: 'web closed', changes: [apply('web', { ingress: [] })] },
  { name: 'all closed', changes: [apply('all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })] },
];

async function underControl(cluster: Trouble['cluster']): Promise<ScenarioResult> {
  const { run } = await simulatedRun(cluster === undefined ? {} : { cluster });
  const scenario = { ...webScenario(steps), paths: ['pod-ip' as const] };
  await run.runScenario(
    { ...scenario, pods: scenario.pods.map((pod) => ({ ...pod, ports: [{ port: 80, protocol: 'TCP' }] })) },
    () => {},
  );
  const { scenarios } = await run.finish(() => {});
  return scenarios[0]!;
}

const red = (result: ScenarioResult, impossible: readonly Expected[]) =>
  controlled(result, impossible).map(({ step, isRed, shouldBeRed }) => [step, isRed, shouldBeRed]);

describe('the controls of the cluster suite', () => {
  it('are red exactly where a cell has to be open, when everything is denied', async () => {
    const result = await underControl((cluster) => everythingDenied(cluster));
    expect(red(result, ['open'])).to.deep.equal([
      ['web closed', true, true],
      ['all closed', false, false],
      ['all policies deleted', true, true],
    ]);
  });

  it('are red exactly where a cell has to be closed, when the agents are stopped', async () => {
    const result = await underControl((cluster, clock) => agentsStopped(cluster, simulatedMachinery(cluster, clock)));
    expect(red(result, ['closed'])).to.deep.equal([
      ['web closed', true, true],
      ['all closed', true, true],
      ['all policies deleted', false, false],
    ]);
  });

  it('are not red where nothing is wrong', async () => {
    const result = await underControl(undefined);
    expect(red(result, ['open']).map(([, isRed]) => isRed)).to.deep.equal([false, false, false]);
  });
});
