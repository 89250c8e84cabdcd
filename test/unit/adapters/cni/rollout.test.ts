import { expect } from 'chai';
import { rolloutOf } from '../../../../src/adapters/cni/rollout.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const daemonSet = (status: object, generation = 2): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'calico-node', generation },
  status,
});
const done = { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2 };

describe('rolloutOf', () => {
  it('is done when all pods of the latest generation are ready', () => {
    expect(rolloutOf(daemonSet(done))).to.deep.equal({ done: true, text: 'calico-node 2 of 2 ready' });
  });

  it('is not done in any of the states before', () => {
    for (const change of [{ observedGeneration: 1 }, { numberReady: 1 }, { updatedNumberScheduled: 1 }]) {
      expect(rolloutOf(daemonSet({ ...done, ...change })).done, JSON.stringify(change)).to.equal(false);
    }
    expect(rolloutOf(daemonSet({})).done).to.equal(false);
    expect(rolloutOf(daemonSet({ observedGeneration: 2, desiredNumberScheduled: 0 })).done).to.equal(false);
  });

  it('reads Deployments by their replicas', () => {
    const deployment = (status: object): KubeObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'coredns', generation: 1 },
      spec: { replicas: 2 },
      status: { observedGeneration: 1, updatedReplicas: 2, ...status },
    });
    expect(rolloutOf(deployment({ availableReplicas: 2 })).done).to.equal(true);
    expect(rolloutOf(deployment({ availableReplicas: 1 }))).to.deep.equal({
      done: false,
      text: 'coredns 1 of 2 ready',
    });
    expect(rolloutOf(deployment({})).done).to.equal(false);
  });
});
