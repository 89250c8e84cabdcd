import { expect } from 'chai';
import { ClusterError } from '../../../src/core/diagnostics/errors.ts';
import { exitCodeOf } from '../../../src/core/result/build-run.ts';
import type { Change } from '../../../src/core/scenario/scenario.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const deny: Change = { kind: 'apply', manifest: policy('deny', { ingress: [] }) };
const stop: Change = { kind: 'stop-agent' };
const start: Change = { kind: 'start-agent' };
const restart: Change = { kind: 'restart-plugin', part: 'agent', how: 'kill', of: 'x/web' };

const run = async (changes: readonly Change[], trouble: Trouble = {}) => {
  const { run, cluster } = await simulatedRun(trouble);
  const scenario = await run.runScenario(webScenario([{ name: 'step', changes }]), () => {});
  return { scenario, cluster, result: await run.finish(() => {}) };
};

describe('a step that disrupts the plugin', () => {
  it('holds every cell, densely sampled, to what was in force', async () => {
    const { scenario } = await run([restart]);
    expect(scenario.status).to.equal('passed');
    const [step] = scenario.steps;
    expect(step?.cells.map(({ excluded_leak }) => excluded_leak < 0.1)).to.not.include(false);
  });

  it('passes where changes made while the agents are down are in force once they are back', async () => {
    expect((await run([stop, deny, start])).scenario.status).to.equal('passed');
  });

  it('fails where the agents stay down, and starts them again in the end', async () => {
    const { scenario, cluster } = await run([stop, deny]);
    expect(scenario.status).to.equal('failed');
    expect(scenario.steps[0]?.failures.map(({ observed }) => observed)).to.deep.equal(['open', 'open', 'open', 'open']);
    expect(cluster.agents.running).to.equal(true);
  });

  it('starts the agents again when trouble ends the scenario', async () => {
    const { scenario, cluster } = await run([stop, deny, start], {
      cluster: (simulated) => ({
        apply: async (object, options) => {
          if (object.kind === 'NetworkPolicy') throw new ClusterError({ code: 'refused', message: 'no' });
          return simulated.apply(object, options);
        },
      }),
    });
    expect(scenario.status).to.equal('inconclusive');
    expect(cluster.agents.running).to.equal(true);
  });

  it('is skipped with the reason, and changes nothing, where the cluster does not allow it', async () => {
    const asked: string[] = [];
    const { scenario, cluster, result } = await run([restart], {
      machinery: (machinery) => ({
        ...machinery,
        lacks: async (need) => {
          asked.push(need);
          return need === 'nodes-as-containers' ? 'no engine' : undefined;
        },
      }),
    });
    expect(scenario).to.include({ status: 'skipped', reason: 'nodes-as-containers: no engine' });
    expect(asked).to.deep.equal(['agent-restart', 'nodes-as-containers']);
    expect(result.summary.skippedBy).to.deep.equal({ 'nodes-as-containers: no engine': 1 });
    expect(cluster.store.version).to.equal(0);
    expect(exitCodeOf(result)).to.equal(3);
  });
});
