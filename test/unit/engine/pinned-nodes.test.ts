import { expect } from 'chai';
import { pinnableNodes } from '../../../src/engine/pinned-nodes.ts';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { scenarioOf } from '../../support/scenario/scenario-text.ts';

const node = (name: string, { ready = true, takesPods = true } = {}) => ({ name, ips: [], ready, takesPods });

describe('pinned pods', () => {
  it('may go to nodes that are ready and take pods', () => {
    const nodes = [node('n3'), node('n1', { takesPods: false }), node('n2'), node('n0', { ready: false })];
    expect(pinnableNodes({ nodes })).to.deep.equal(['n2', 'n3']);
  });

  it('are put on the nodes that the scenario says', async () => {
    const pods = `      a: {node: {other: x/b}, labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80]}
      c: {node: {same: x/a}}
      d: {}`;
    const { run, cluster } = await simulatedRun();
    const placed: Record<string, unknown> = {};
    await run.runScenario(scenarioOf({ pods }), (event) => {
      if (event.kind !== 'phase' || event.phase !== 'baseline') return;
      const on = ({ spec }: KubeObject) => (spec as { nodeName: string }).nodeName;
      for (const pod of cluster.store.ofKind('Pod')) placed[pod.metadata.name] = on(pod);
    });
    await run.finish(() => {});
    expect(placed).to.include({ a: 'node-2', b: 'node-1', c: 'node-2' });
  });

  it('are dealt out to the nodes in turn where the scenario does not say, as a wish: some connections cross nodes', async () => {
    const pods = ['a', 'b', 'c', 'd'].map((name) => `      ${name}: {labels: {app: ${name}}, ports: [80]}`);
    const { run, cluster } = await simulatedRun();
    const wished: Record<string, unknown> = {};
    await run.runScenario(scenarioOf({ pods: pods.join('\n') }), (event) => {
      if (event.kind !== 'phase' || event.phase !== 'baseline') return;
      const wishOf = ({ spec }: KubeObject) => JSON.stringify((spec as { affinity?: object }).affinity);
      for (const pod of cluster.store.ofKind('Pod')) wished[pod.metadata.name] = wishOf(pod);
    });
    await run.finish(() => {});
    expect(wished.a).to.include('node-1').and.to.equal(wished.c);
    expect(wished.b).to.include('node-2').and.to.equal(wished.d);
  });
});
