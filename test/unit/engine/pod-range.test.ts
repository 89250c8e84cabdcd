import { expect } from 'chai';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const block = policyText(
  'pods',
  '{egress: [{to: [{ipBlock: {cidr: "${podCIDR}", except: ["${ip:x/b}/32"]}}]}], policyTypes: [Egress]}',
);

/** Runs a scenario with the policy; resolves with its result and the ranges of the policy that reached the API server. */
async function run(podCidrs: readonly string[] | undefined) {
  const applied: unknown[] = [];
  const { run: started } = await simulatedRun({
    ...(podCidrs && { podCidrs }),
    cluster: (cluster) => ({
      apply: (object, options) => {
        if (object.kind === 'NetworkPolicy') applied.push(object.spec);
        return cluster.apply(object, options);
      },
    }),
  });
  const result = await started.runScenario(scenarioOf({ steps: `  - {name: block, apply: [${block}]}` }), () => {});
  await started.finish(() => {});
  const [spec] = applied as readonly { egress: readonly { to: readonly { ipBlock: { cidr: string } }[] }[] }[];
  return { result, cidr: spec?.egress[0]?.to[0]?.ipBlock.cidr };
}

describe('${podCIDR}', () => {
  it('is the range that the cluster tells', async () => {
    const { result, cidr } = await run(['10.0.0.0/8']);
    expect(cidr).to.equal('10.0.0.0/8');
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
  });

  it('is a range with the pods in it where the cluster tells none', async () => {
    const { result, cidr } = await run(undefined);
    expect(cidr).to.match(/^10\.244\.0\.\d+\/(?:2\d|30)$/);
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
  });
});
