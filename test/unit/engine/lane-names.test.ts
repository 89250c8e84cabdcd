import { expect } from 'chai';
import { UsageError } from '../../../src/core/diagnostics/errors.ts';
import { laneNames, RUN_LABEL } from '../../../src/engine/lane-names.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

describe('the real names of a scenario’s namespaces', () => {
  it('begin with what is the run’s own, or end with it where the scenario says so', () => {
    expect(laneNames('r1', '2').namespace('x')).to.equal('np-r1-2-x');
    expect(laneNames('r1', '2', 'run-last').namespace('x')).to.equal('x-np-r1-2');
  });

  it('let names of a pod and its namespace join to one, whatever the run', () => {
    const { namespace } = laneNames('r1', '2', 'run-last');
    expect(`ab${namespace('c')}`).to.equal(`a${namespace('bc')}`);
    expect(`deny-me-${namespace('ns1')}`).to.equal(`deny-${namespace('me-ns1')}`);
  });

  it('are refused where they get too long, either way', () => {
    for (const order of ['run-first', 'run-last'] as const) {
      expect(() => laneNames('r1', '2', order).namespace('x'.repeat(60))).to.throw(UsageError, 'Kubernetes allows 63');
    }
  });

  it('keep the run’s label, by which they are found and removed, and make lanes of their own', async () => {
    const labelled: (string | undefined)[][] = [];
    const { run, cluster } = await simulatedRun({
      cluster: ({ apply }) => ({
        apply: (object, options) => {
          if (object.kind === 'Namespace') labelled.push([object.metadata.name, object.metadata.labels?.[RUN_LABEL]]);
          return apply(object, options);
        },
      }),
    });
    const changes = [{ kind: 'apply', manifest: policy('deny', { ingress: [] }) }] as const;
    const plain = webScenario([{ name: 'deny', changes }]);
    for (const scenario of [plain, { ...plain, id: 'last', realNames: 'run-last' as const }]) {
      expect((await run.runScenario(scenario, () => {})).status).to.equal('passed');
    }
    await run.finish(() => {});
    expect(labelled.map(([name]) => name)).to.include.members(['np-test-1-x', 'x-np-test-2']);
    expect(new Set(labelled.map(([, label]) => label))).to.deep.equal(new Set(['test']));
    expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
  });
});
