import { expect } from 'chai';
import { kubeletProber } from '../../../../src/adapters/prober/kubelets.ts';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import type { Cluster, KubeObject } from '../../../../src/ports/cluster.ts';
import type { Probe, ProbePod, ProbeSession } from '../../../../src/ports/prober.ts';
import { ProbeEvents, probeOf } from '../../../support/probe-events.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

const A: ProbePod = { name: 'x/a', ref: { namespace: 'np-x', name: 'a' }, method: 'kubelet' };
const PROBE: Probe = probeOf({
  id: 1,
  host: '10.0.0.1',
  intervalMs: 500,
  cell: { from: 'kubelet/tcp', to: 'x/a', port: 9102, path: 'kubelet', method: 'kubelet' },
});

const podWith = (ready: boolean, restartCount = 0): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'np-x' },
  status: {
    containerStatuses: [
      { name: 'main', ready: true, restartCount: 0 },
      { name: 'kubelet-tcp', ready, restartCount },
    ],
  },
});
const unhealthy = (message: string, lastTimestamp: string, container = 'kubelet-tcp'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: message, namespace: 'np-x' },
  reason: 'Unhealthy',
  message,
  lastTimestamp,
  involvedObject: { name: 'a', fieldPath: `spec.containers{${container}}` },
});

describe('what kubelets say of the pods that they probe', () => {
  let pod: KubeObject | undefined;
  let trouble: Error | undefined;
  let listed: readonly KubeObject[];
  let events: ProbeEvents;
  let session: ProbeSession;
  const cluster = {
    get: async () => {
      if (trouble !== undefined) throw trouble;
      return pod;
    },
    list: async () => listed,
  } as unknown as Cluster;

  beforeEach(async () => {
    [pod, trouble, listed] = [podWith(true), undefined, []];
    events = new ProbeEvents();
    const options = { signal: new AbortController().signal };
    session = await kubeletProber({ cluster, clock: virtualClock() }).attach([A], events.add, options);
  });
  afterEach(() => session[Symbol.asyncDispose]());

  /** The first attempt of those that are made from now on which is unlike `outcome`. */
  const next = async (wanted: Attempt['outcome']): Promise<Attempt> => {
    const from = events.attempts(1).length;
    const found = (): Attempt | undefined =>
      events
        .attempts(1)
        .slice(from)
        .find(({ outcome }) => outcome === wanted);
    await events.until(() => found() !== undefined);
    return found() as Attempt;
  };

  it('is open while the container is ready, looked up at the interval', async () => {
    await session.schedule([PROBE]);
    await events.until(() => events.attempts(1).length >= 4);
    const attempts = events.attempts(1);
    expect(new Set(attempts.map(({ outcome }) => outcome))).to.deep.equal(new Set(['open']));
    expect(attempts.slice(0, 4).map(({ sentMs }) => sentMs)).to.deep.equal([0, 500, 1000, 1500]);
  });

  it('is a failure, in the kubelet’s words, once the container is not ready', async () => {
    listed = [
      unhealthy('Readiness probe failed: i/o timeout', '2026-01-01T00:00:02Z'),
      unhealthy('an earlier one', '2026-01-01T00:00:01Z'),
      unhealthy('of another container', '2026-01-01T00:00:03Z', 'kubelet-http'),
    ];
    await session.schedule([PROBE]);
    pod = podWith(false);
    const { detail } = await next('dropped');
    expect(detail).to.equal('not ready: the readiness probe fails; Readiness probe failed: i/o timeout');
  });

  it('is a failure once, where the container was restarted between two looks', async () => {
    pod = podWith(true, 2);
    await session.schedule([PROBE]);
    await next('open');
    pod = podWith(true, 3);
    expect((await next('dropped')).detail).to.equal('restarted: the liveness probe failed');
    await events.until(() => events.attempts(1).at(-1)?.outcome === 'open');
    expect(events.attempts(1).filter(({ outcome }) => outcome === 'dropped')).to.have.length(1);
  });

  it('is a failure while the container has not started', async () => {
    pod = { ...podWith(true), status: {} };
    await session.schedule([PROBE]);
    expect((await next('dropped')).detail).to.equal('its container has not started');
  });

  it('says nothing where it cannot be looked up, or the pod is gone', async () => {
    trouble = new Error('the API server is away');
    await session.schedule([PROBE]);
    expect((await next('inconclusive')).detail).to.include('the API server is away');
    [trouble, pod] = [undefined, undefined];
    await events.until(() => events.attempts(1).at(-1)?.detail === 'the pod is gone');
  });

  it('is not asked of pods that were let go, and of a new one of the name from its own restarts on', async () => {
    pod = podWith(true, 5);
    await session.schedule([PROBE]);
    await next('open');
    await session.detach(['x/a']);
    pod = podWith(true, 7);
    await session.attach([A]);
    expect((await next('open')).outcome).to.equal('open');
    expect(events.attempts(1).map(({ outcome }) => outcome)).not.to.include('dropped');
  });

  it('ends with the session', async () => {
    await session.schedule([PROBE]);
    await next('open');
    await session[Symbol.asyncDispose]();
    const count = events.attempts(1).length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(events.attempts(1)).to.have.length(count);
  });
});
