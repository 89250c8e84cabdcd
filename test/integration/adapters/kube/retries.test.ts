import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import type { Cluster } from '../../../../src/ports/cluster.ts';
import { failure } from '../../../support/failure.ts';
import { type FakeApiServer, startFakeApiServer, status } from '../../../support/fake-api-server.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'np-1' } };

describe('kube: a busy or failing API server', () => {
  let api: FakeApiServer;
  let cluster: Cluster;
  const naps: number[] = [];
  /** Real time that never sleeps, and keeps a list of how long it should have. */
  const clock: Clock = { now: systemClock.now, sleep: async (ms) => void naps.push(ms) };
  const attempts = () => api.requests.filter(({ method }) => method === 'PATCH');

  beforeEach(async () => {
    naps.length = 0;
    api = await startFakeApiServer();
    cluster = await connect({ kubeconfig: api.kubeconfig, clock, provider: 'test', retryMs: 5_000 });
  });
  afterEach(() => api[Symbol.asyncDispose]());

  it('is asked again after 429, when it says so', async () => {
    const busy = { status: 429, headers: { 'retry-after': '1' }, body: status(429, 'TooManyRequests', 'too many') };
    api.script('PATCH', '/namespaces/np-1', busy, busy);
    await cluster.apply(namespace);
    expect(attempts()).to.have.length(3);
    expect(naps).to.deep.equal([1_000, 1_000]);
  });

  it('is asked again after 5xx and broken connections, with the same body', async () => {
    api.script('PATCH', '/namespaces/np-1', { status: 503 }, 'cut', { status: 500 });
    await cluster.apply(namespace);
    expect(attempts().map(({ body }) => body)).to.deep.equal(Array(4).fill(JSON.stringify(namespace)));
    expect(naps).to.deep.equal([250, 500, 1_000]);
  });

  it('is asked once when it refuses', async () => {
    api.script('PATCH', '/namespaces/np-1', { status: 422, body: status(422, 'Invalid', 'bad name') });
    expect((await failure(cluster.apply(namespace))).code).to.equal('api-invalid');
    expect(attempts()).to.have.length(1);
  });

  it('is asked once when it does not know a field, though it answers 500', async () => {
    const words =
      'failed to create typed patch object (np-1/web; …): .spec.ingress[0].form: field not declared in schema';
    api.script('PATCH', '/namespaces/np-1', { status: 500, body: status(500, '', words) });
    expect(await failure(cluster.apply(namespace))).to.include({
      code: 'api-invalid',
      message: `cannot apply Namespace np-1: ${words}`,
    });
    expect(attempts()).to.have.length(1);
  });

  it('is not asked beyond the bound: the last answer is the error', async () => {
    const busy = { status: 429, headers: { 'retry-after': '60' }, body: status(429, 'TooManyRequests', 'too many') };
    api.script('PATCH', '/namespaces/np-1', busy);
    const error = await failure(cluster.apply(namespace));
    expect(error.code).to.equal('api-too-many-requests');
    expect(error.hint).to.match(/lanes/);
    expect(attempts()).to.have.length(1);
  });

  it('times a change from the first request that may have taken effect to the last answer', async () => {
    await cluster.apply(namespace);
    api.script(
      'PATCH',
      '/namespaces/np-1',
      { status: 429 },
      { status: 500, delayMs: 60 },
      { status: 200, delayMs: 60 },
    );
    const before = clock.now();
    const { sentMs, answeredMs } = await cluster.apply(namespace);
    expect(sentMs)
      .to.be.greaterThan(before)
      .and.lessThan(answeredMs - 110);
    expect(answeredMs).to.be.lessThan(clock.now());
  });

  it('that hangs is given up at the limit of the call', async () => {
    api.script('GET', '/version', 'silence');
    const error = await failure(cluster.info({ timeoutMs: 60 }));
    expect(error.code).to.equal('cluster-timeout');
    expect(error.message).to.include('GET /version').and.include(api.kubeconfig);
  });

  it('that is gone is an error that says which one: URL, kubeconfig, context', async () => {
    await api.die();
    const quick = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'test', retryMs: 300 });
    const error = await failure(quick.info());
    expect(error.code).to.equal('cluster-unreachable');
    expect(error.message)
      .to.include(api.url)
      .and.include(api.kubeconfig)
      .and.include('context fake')
      .and.include('ECONNREFUSED');
  });

  it('that goes away and comes back is waited for, and the change is made once it is there', async () => {
    await cluster.apply(namespace);
    await api.die();
    const patient: Clock = {
      now: systemClock.now,
      sleep: async (ms) => {
        if (naps.push(ms) === 3) await api.revive();
      },
    };
    const waiting = await connect({ kubeconfig: api.kubeconfig, clock: patient, provider: 'test' });
    const before = patient.now();
    const { sentMs } = await waiting.apply({ ...namespace, metadata: { name: 'np-2' } });
    expect(naps).to.deep.equal([250, 500, 1_000]);
    expect(sentMs, 'nothing was sent while nobody listened').to.be.greaterThan(before);
    expect(await waiting.get({ apiVersion: 'v1', kind: 'Namespace', name: 'np-2' })).to.not.equal(undefined);
  });

  it('is no longer asked once the call is aborted', async () => {
    api.script('GET', '/version', 'silence');
    const stopping = new AbortController();
    const call = cluster.info({ signal: stopping.signal }).catch((reason: unknown) => reason);
    setTimeout(() => stopping.abort(new Error('Ctrl-C')), 30);
    expect(await call).to.have.property('message', 'Ctrl-C');
  });
});
