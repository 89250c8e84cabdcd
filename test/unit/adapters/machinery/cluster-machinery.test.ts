import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { clusterMachinery, type MachineryParts } from '../../../../src/adapters/machinery/cluster-machinery.ts';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';
import type { Disruption } from '../../../../src/core/scenario/disruption.ts';
import { fakeEngine } from '../../../support/fake-engine.ts';
import { PluginCluster } from '../../../support/machinery/plugin-cluster.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

const machineryOf = (plugin: PluginCluster, parts: Partial<MachineryParts> = {}) =>
  clusterMachinery({
    cluster: plugin.cluster,
    clock: virtualClock(),
    cni: { name: 'calico', version: 'v3.28.5' },
    mayDisrupt: true,
    findEngine: async () => ({ found: false, reason: 'none' }),
    ...parts,
  });

const restart = (how: 'delete' | 'kill'): Disruption => ({ kind: 'restart-plugin', part: 'agent', how });

describe('the machinery of a cluster', () => {
  it('deletes the agents and waits until others are ready', async () => {
    const plugin = new PluginCluster();
    const { sentMs, answeredMs } = await machineryOf(plugin).change(restart('delete'), undefined, {});
    expect(plugin.changes).to.deep.equal(['delete agent-1', 'delete agent-2']);
    expect(plugin.uids).to.deep.equal([3, 4]);
    expect(answeredMs).to.be.greaterThan(sentMs);
  });

  it('deletes the agent of one node only', async () => {
    const plugin = new PluginCluster();
    await machineryOf(plugin).change(restart('delete'), ['n1'], {});
    expect(plugin.changes).to.deep.equal(['delete agent-2']);
  });

  it('kills the first process of the agents where the nodes are containers', async () => {
    await using fake = await fakeEngine('echo "$@" >> "$LOG"');
    const plugin = new PluginCluster();
    const clock = virtualClock();
    const findEngine = async () => ({ found: true as const, engine: fake.engine });
    const done = machineryOf(plugin, { clock, findEngine }).change(restart('kill'), ['n0'], {});
    // The kubelet sees it a little later.
    await clock.sleep(1_000);
    plugin.killed('n0');
    await done;
    const asked = readFileSync(fake.log, 'utf8');
    expect(asked)
      .to.match(/^exec n0 sh -c/)
      .and.match(/sh kube-system calico-node$/m);
  });

  it('says which agents are still missing when they do not come back', async () => {
    const change = machineryOf(new PluginCluster(1e9)).change(restart('delete'), undefined, {});
    const error = await change.then(
      () => undefined,
      (reason: ClusterError) => reason,
    );
    expect(error).to.be.instanceOf(ClusterError).and.include({ code: 'machinery-not-ready' });
    expect(error?.message).to.contain('k8s-app=calico-node').and.contain('0 of 2 ready');
  });

  it('stops the agents everywhere, and starts them again', async () => {
    const plugin = new PluginCluster();
    const machinery = machineryOf(plugin);
    await machinery.change({ kind: 'stop-agent' }, undefined, {});
    expect(plugin.uids).to.deep.equal([]);
    await machinery.change({ kind: 'start-agent' }, undefined, {});
    expect(plugin.uids).to.deep.equal([3, 4]);
    expect(plugin.changes).to.deep.equal([
      'patch DaemonSet kube-system/calico-node {"netproof.io/stopped":"true"}',
      'patch DaemonSet kube-system/calico-node {"netproof.io/stopped":null}',
    ]);
  });

  it('starts again what an earlier run stopped, and nothing else', async () => {
    const plugin = new PluginCluster();
    expect(await machineryOf(plugin).restore()).to.deep.equal([]);
    expect(plugin.changes).to.deep.equal([]);
    await machineryOf(plugin).change({ kind: 'stop-agent' }, undefined, {});
    expect(await machineryOf(plugin).restore()).to.deep.equal(['DaemonSet kube-system/calico-node']);
    expect(plugin.uids).to.have.length(2);
  });

  it("takes a pod's sandbox away on its node", async () => {
    await using fake = await fakeEngine('echo "$@" >> "$LOG"');
    const findEngine = async () => ({ found: true as const, engine: fake.engine });
    const machinery = machineryOf(new PluginCluster(), { findEngine });
    await machinery.restart({ kind: 'sandbox', pod: { namespace: 'np-x', name: 'a' }, node: 'n1' });
    expect(readFileSync(fake.log, 'utf8'))
      .to.match(/^exec n1 sh -c/)
      .and.match(/sh np-x a$/m);
  });

  it('restarts a node and waits until the agent on it is ready again', async () => {
    await using fake = await fakeEngine('echo "$@" >> "$LOG"');
    const plugin = new PluginCluster();
    const clock = virtualClock();
    const findEngine = async () => ({ found: true as const, engine: fake.engine });
    let ready = false;
    const done = machineryOf(plugin, { clock, findEngine }).restart({ kind: 'node', node: 'n1' });
    const told = done.then(() => {
      ready = true;
    });
    await clock.sleep(5_000);
    expect(ready).to.equal(false);
    plugin.killed('n1');
    await told;
    expect(readFileSync(fake.log, 'utf8')).to.equal('restart --time 10 n1\n');
  });

  it('lacks everything on a cluster of others that nobody allowed it to disrupt', async () => {
    const machinery = machineryOf(new PluginCluster(), { mayDisrupt: false });
    expect(await machinery.lacks('agent-restart')).to.contain('--allow-disruption');
  });

  it('lacks the parts of a plugin that it does not know', async () => {
    const machinery = machineryOf(new PluginCluster(), { cni: { name: 'weave', version: '' } });
    expect(await machinery.lacks('agent-restart')).to.contain('weave');
    expect(await machinery.lacks('controller-restart')).to.contain('weave');
    const known = machineryOf(new PluginCluster());
    expect([await known.lacks('agent-restart'), await known.lacks('controller-restart')]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it('takes nodes for containers only where engine and address agree', async () => {
    const lacks = async (script: string) => {
      await using fake = await fakeEngine(script);
      const findEngine = async () => ({ found: true as const, engine: fake.engine });
      return await machineryOf(new PluginCluster(), { findEngine }).lacks('nodes-as-containers');
    };
    const inspect = 'case "$*" in *n0) echo "172.18.0.2 fc00::2";; *n1) echo "172.18.0.3 ";; esac';
    expect(await lacks(inspect)).to.equal(undefined);
    expect(await lacks('echo 172.18.0.2')).to.contain('n1');
    expect(await lacks('echo "no such object" >&2; exit 1')).to.contain('n0');
    expect(await machineryOf(new PluginCluster()).lacks('nodes-as-containers')).to.contain('no container engine');
  });
});
