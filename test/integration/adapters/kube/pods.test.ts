import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import type { Cluster } from '../../../../src/ports/cluster.ts';
import { failure } from '../../../support/failure.ts';
import { type FakeApiServer, startFakeApiServer } from '../../../support/fake-api-server.ts';

const pod = (name: string, status: object, metadata = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'np-1', ...metadata },
  status,
});
const ready = { phase: 'Running', podIP: '10.244.1.7', conditions: [{ type: 'Ready', status: 'True' }] };
const event = (name: string, pod: string, reason: string, message: string, at: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name, namespace: 'np-1' },
  involvedObject: { kind: 'Pod', name: pod },
  type: 'Warning',
  reason,
  message,
  lastTimestamp: at,
});

describe('kube: waiting for pods', () => {
  let api: FakeApiServer;
  let cluster: Cluster;
  beforeEach(async () => {
    api = await startFakeApiServer();
    cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'test', retryMs: 300 });
  });
  afterEach(() => api[Symbol.asyncDispose]());

  const trouble = (...names: string[]) => failure(cluster.waitForPods('np-1', names, { timeoutMs: 40 }));

  it('gives them, in the order asked for, once all are ready', async () => {
    api.put(pod('a', ready));
    api.put(pod('b', { phase: 'Pending' }));
    const waiting = cluster.waitForPods('np-1', ['b', 'a'], { timeoutMs: 5_000 });
    setTimeout(() => api.put(pod('b', ready)), 50);
    expect((await waiting).map(({ metadata }) => metadata.name)).to.deep.equal(['b', 'a']);
  });

  it('does not wait for what kubelets make of their probes, but for all other containers', async () => {
    const spec = { containers: [{ name: 'main' }, { name: 'kubelet-tcp', readinessProbe: {} }] };
    const status = (main: boolean) => ({
      phase: 'Running',
      podIP: '10.244.1.7',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        { name: 'main', ready: main, state: { running: {} } },
        { name: 'kubelet-tcp', ready: false, state: { running: {} } },
      ],
    });
    api.put({ ...pod('a', status(false)), spec });
    expect((await trouble('a')).message).to.include('runs, but main, kubelet-tcp does not report ready');
    api.put({ ...pod('a', status(true)), spec });
    expect(await cluster.waitForPods('np-1', ['a'], { timeoutMs: 40 })).to.have.length(1);
  });

  it('does not take a ready pod without an address, nor one that is being deleted', async () => {
    api.put(pod('a', { ...ready, podIP: undefined }));
    api.put(pod('b', ready, { deletionTimestamp: '2026-01-01T00:00:00Z' }));
    const { code, message } = await trouble('a', 'b', 'c');
    expect(code).to.equal('pods-not-ready');
    expect(message).to.match(/^3 of 3 pods in np-1 not ready after 0(\.\d)? s:/);
    expect(message)
      .to.include('a is Running, without an address')
      .and.include('b is being deleted')
      .and.include('c does not exist');
  });

  it('shows why an image cannot be had, with the latest events in order', async () => {
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "nowhere/none:1"' };
    api.put(pod('a', { phase: 'Pending', containerStatuses: [{ name: 'main', ready: false, state: { waiting } }] }));
    api.put(event('e2', 'a', 'BackOff', 'second', '2026-01-01T00:00:02Z'));
    api.put(event('e1', 'a', 'Failed', 'first', '2026-01-01T00:00:01Z'));
    api.put(event('e3', 'other', 'Failed', 'of another pod', '2026-01-01T00:00:03Z'));
    const { message } = await trouble('a');
    expect(message).to.include('container main waits: ImagePullBackOff, Back-off pulling image "nowhere/none:1"');
    expect(message).to.match(/Warning Failed: first\n {4}Warning BackOff: second$/);
  });

  it('shows why a pod is not scheduled', async () => {
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/2 nodes: Insufficient memory.',
    };
    api.put(pod('a', { phase: 'Pending', conditions: [condition] }));
    expect((await trouble('a')).message).to.include(
      'a is not scheduled: Unschedulable, 0/2 nodes: Insufficient memory.',
    );
  });

  it('shows the last words of a container that crashed', async () => {
    const crashed = {
      name: 'main',
      ready: false,
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    };
    api.put(pod('a', { phase: 'Running', podIP: '10.1.1.1', containerStatuses: [crashed] }));
    api.script('GET', '/pods/a/log', { status: 200, body: 'SyntaxError: oh dear\n' });
    const { message, outputTail } = await trouble('a');
    expect(message).to.include('container main exited with code 1 (Error, restarted 3 times)');
    expect(outputTail).to.equal('log of a, container main:\nSyntaxError: oh dear');
    expect(Object.fromEntries(api.requests.at(-1)!.query)).to.include({ container: 'main', previous: 'true' });
  });

  it('does not wait for a pod that ended', async () => {
    api.put(pod('a', { phase: 'Failed', reason: 'Evicted', message: 'low on memory' }));
    const error = await failure(cluster.waitForPods('np-1', ['a'], { timeoutMs: 600_000 }));
    expect(error.message).to.include('a has ended (Failed): Evicted, low on memory');
  });

  describe('that are stuck', () => {
    /** Each look takes no time, but as long as it says on the clock. */
    async function waitFor(statusAt: (ms: number) => object): Promise<string> {
      let now = 0;
      const clock = {
        now: () => now,
        sleep: async (ms: number) => {
          now += ms;
          api.put(pod('a', statusAt(now)));
        },
      };
      api.put(pod('a', statusAt(0)));
      const quick = await connect({ kubeconfig: api.kubeconfig, clock, provider: 'test', retryMs: 300 });
      return quick.waitForPods('np-1', ['a'], { timeoutMs: 120_000 }).then(
        () => `ready after ${Math.round(now / 1000)} s`,
        ({ message }: Error) => message.split('\n').slice(0, 2).join(''),
      );
    }
    const waits = (reason: string) => ({
      phase: 'Pending',
      containerStatuses: [{ name: 'main', ready: false, state: { waiting: { reason } } }],
    });

    it('on an image that cannot be had are given up long before their time is over', async () => {
      const reasons = (ms: number) => waits(ms % 2_000 < 1_000 ? 'ErrImagePull' : 'ImagePullBackOff');
      expect(await waitFor(reasons)).to.match(
        /^1 of 1 pods in np-1 not ready after 20(\.\d)? s: {2}a container main waits/,
      );
    });

    it('in a crash loop are given up, although they run in between', async () => {
      const crashes = (ms: number) =>
        ms % 4_000 < 2_000 ? waits('CrashLoopBackOff') : { phase: 'Running', podIP: '10.244.1.7' };
      expect(await waitFor(crashes)).to.match(/^1 of 1 pods in np-1 not ready after 2[0-4]/);
    });

    it('only for a moment are waited for', async () => {
      expect(await waitFor((ms) => (ms < 15_000 ? waits('ErrImagePull') : ready))).to.equal('ready after 15 s');
    });
  });
});
