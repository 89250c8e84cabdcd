import { expect } from 'chai';
import { awaitHealth, checkHealth } from '../../../../src/adapters/cluster/health.ts';
import { calico } from '../../../../src/adapters/cni/calico.ts';
import type { Cluster, KubeObject, ListQuery, ObjectRef } from '../../../../src/ports/cluster.ts';

interface State {
  readonly ready?: boolean;
  readonly image?: string;
  readonly pods?: number;
  readonly nodes?: number;
  readonly down?: boolean;
  /** When the containers of the plugin's pod on n0 started, ms. */
  readonly podStart?: number;
}

const rolledOut = (ref: ObjectRef, pods: number): KubeObject => ({
  apiVersion: ref.apiVersion,
  kind: ref.kind,
  metadata: { name: ref.name, generation: 1 },
  spec: {
    replicas: 2,
    template: { spec: { containers: [{ name: 'calico-node', image: 'docker.io/calico/node:v3' }] } },
  },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberReady: pods,
    updatedReplicas: 2,
    availableReplicas: pods,
  },
});

const runningPod = (name: string, startMs: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { nodeName: 'n0' },
  status: { containerStatuses: [{ ready: true, state: { running: { startedAt: new Date(startMs).toISOString() } } }] },
});

/** A cluster that goes through the states, one a look; the last stays. */
function clusterOf(...states: readonly State[]): Cluster {
  let look = -1;
  const current = (): State => states[Math.min(look, states.length - 1)] ?? {};
  return {
    info: async () => {
      look++;
      const { ready = true, nodes = 2, down } = current();
      if (down) throw new Error('connect ECONNREFUSED');
      return {
        provider: 'kind',
        kubernetes: 'v1.37.2',
        ipFamilies: ['IPv4'],
        nodes: Array.from({ length: nodes }, (_, index) => ({ name: `n${index}`, ips: [], ready: ready || index > 0 })),
      };
    },
    list: async ({ kind }: ListQuery) => {
      if (kind === 'Pod') return [runningPod('calico-node-x', current().podStart ?? 9_000)];
      const daemonSet = rolledOut({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'calico-node' }, 2);
      const image = current().image ?? 'docker.io/calico/node:v3.28.5';
      return [{ ...daemonSet, spec: { template: { spec: { containers: [{ name: 'calico-node', image }] } } } }];
    },
    get: async (ref: ObjectRef) => rolledOut(ref, current().pods ?? 2),
  } as unknown as Cluster;
}

describe('health of a cluster', () => {
  const wanted = {
    nodes: 2,
    plugin: calico,
    cniVersion: 'v3.28.5',
    starts: new Map([['n0', 5_500]]),
    timeoutMs: 1_000,
  };
  const signal = new AbortController().signal;
  const reasonOf = async (state: State, want = wanted) => {
    const health = await checkHealth(clusterOf(state), want, signal);
    return health.healthy ? 'healthy' : `${health.reason}${health.lasting ? ' for good' : ''}`;
  };

  it('is good when all nodes are Ready and the wanted plugin is rolled out', async () => {
    expect(await reasonOf({})).to.equal('healthy');
  });

  it('says what is missing, and whether waiting can mend it', async () => {
    expect(await reasonOf({ ready: false })).to.equal('has nodes that are not Ready (n0)');
    expect(await reasonOf({ pods: 1 })).to.equal('has calico not fully rolled out');
    expect(await reasonOf({ down: true })).to.equal('does not answer: connect ECONNREFUSED');
    const stale = 'has system pods that are not ready (calico-node-x)';
    expect(await reasonOf({ podStart: 4_000 })).to.equal(stale);
    expect(await reasonOf({ podStart: 5_000 })).to.equal('healthy');
    expect(await reasonOf({ nodes: 3 })).to.equal('has 3 nodes, not 2 for good');
    expect(await reasonOf({ image: 'calico/node:v3.27.0' })).to.equal(
      'runs calico v3.27.0, not calico v3.28.5 for good',
    );
    expect(await reasonOf({ image: 'calico/node' })).to.equal('runs calico, not calico v3.28.5 for good');
  });

  it('does not expect Ready nodes where no plugin is wanted', async () => {
    const bare = { nodes: 2, plugin: undefined, cniVersion: '', starts: new Map<string, number>(), timeoutMs: 1_000 };
    expect((await checkHealth(clusterOf({ ready: false }), bare, signal)).healthy).to.equal(true);
  });

  const waiting = () => {
    let now = 0;
    const reasons: string[] = [];
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    };
    return { clock, patienceMs: 5_000, signal, reasons, onWait: (reason: string) => reasons.push(reason) };
  };

  it('is waited for while it comes', async () => {
    const wait = waiting();
    const health = await awaitHealth(clusterOf({ down: true }, { ready: false }, {}), wanted, wait);
    expect(health.healthy).to.equal(true);
    expect(wait.reasons).to.have.length(2);
  });

  it('is given up when patience is over, or at once when it cannot come', async () => {
    const wait = waiting();
    const health = await awaitHealth(clusterOf({ pods: 0 }), wanted, wait);
    expect(health).to.include({ healthy: false, reason: 'has calico not fully rolled out' });
    expect(wait.clock.now()).to.equal(5_000);
    const hopeless = waiting();
    await awaitHealth(clusterOf({ nodes: 1 }), wanted, hopeless);
    expect(hopeless.clock.now()).to.equal(0);
  });
});
