import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { kindProvider } from '../../../../src/adapters/cluster/kind/kind-provider.ts';
import type { KindRequest } from '../../../../src/adapters/cluster/kind/kind-request.ts';
import { parseCniChoice } from '../../../../src/adapters/cni/cni-choice.ts';
import { stateFolder } from '../../../../src/adapters/state-folder.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import { type FakeApiServer, startFakeApiServer } from '../../../support/fake-api-server.ts';
import { type FakeKind, fakeKind } from '../../../support/fake-kind.ts';
import { quietProgress } from '../../../support/quiet-progress.ts';

describe('the life of a kind cluster', () => {
  let api: FakeApiServer;
  let fake: FakeKind;
  const request: KindRequest = { name: 'np', cni: { from: 'none' }, images: 'registry' };

  beforeEach(async () => {
    api = await startFakeApiServer();
    fake = await fakeKind(api.kubeconfig);
    putNodes(2);
  });
  afterEach(async () => {
    await fake[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
  });

  const putNodes = (count: number) => {
    for (let number = 1; number <= count; number++) {
      api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: `np-node-${number}` }, status: { conditions: [] } });
    }
  };
  const provider = (change: Partial<KindRequest> = {}) =>
    kindProvider({ ...request, ...change }, { state: stateFolder({ NETPROOF_HOME: fake.home }), clock: systemClock });
  const call = (signal = new AbortController().signal) => ({ progress: quietProgress(), signal });
  const creations = async () => (await fake.calls('kind create')).length;

  it('begins with up, and the next up finds it', async () => {
    const made = await provider().ensure(call());
    expect(made).to.deep.include({
      provider: 'kind',
      kubeconfig: join(fake.home, 'clusters', 'np', 'kubeconfig'),
      context: 'kind-np',
      cni: { name: 'none', version: '' },
      reused: false,
    });
    expect(made.images.map(({ provenance }) => provenance)).to.include('registry image@sha256:abc');

    const again = await provider().ensure(call());
    expect(again).to.deep.equal({ ...made, reused: true });
    expect(await creations()).to.equal(1);
    expect((await provider().status(call())).state).to.equal('up');
  });

  it('ends when another one is asked for, which takes its place', async () => {
    await provider().ensure(call());
    putNodes(3);
    const second = call();
    expect((await provider({ nodes: 3 }).ensure(second)).reused).to.equal(false);
    expect(await fake.containers()).to.have.length(3);
    expect(second.progress.notes).to.deep.equal(['the cluster np has 2 nodes, not 3: making a new one in its place']);
  });

  it('goes on when another one is asked for that cannot be had', async () => {
    const made = await provider().ensure(call());
    const folder = join(fake.home, 'no-checkout');
    const cni = parseCniChoice(`calico@source:${folder}`);
    const error = await provider({ cni })
      .ensure(call())
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('message').that.includes(folder);
    expect(await fake.containers()).to.have.length(2);
    expect(await provider().ensure(call())).to.deep.equal({ ...made, reused: true });
  });

  it('ends with down, which says whether there was one', async () => {
    await provider().ensure(call());
    expect(await provider().remove(call())).to.equal(true);
    expect(await fake.containers()).to.deep.equal([]);
    expect(await provider().remove(call())).to.equal(false);
    expect((await provider().status(call())).state).to.equal('absent');
  });

  it('does not begin when kind fails: the cause is named, and nothing is left behind', async () => {
    await fake.let('disk-is-full', true);
    const error = await provider()
      .ensure(call())
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ name: 'ClusterError', code: 'disk-full', exitCode: 3 });
    expect(await fake.containers()).to.deep.equal([]);
    expect(await fake.calls('kind export logs')).to.have.length(1);
    expect((await provider().status(call())).state).to.equal('absent');

    await fake.let('disk-is-full', false);
    expect((await provider().ensure(call())).reused).to.equal(false);
  });

  it('does not begin when it is interrupted', async () => {
    await fake.let('takes-long', true);
    const interruption = new AbortController();
    const reason = new Error('interrupted');
    const making = provider()
      .ensure(call(interruption.signal))
      .catch((thrown: unknown) => thrown);
    while ((await fake.containers()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    interruption.abort(reason);
    expect(await making).to.equal(reason);
    expect(await fake.containers()).to.deep.equal([]);
    expect((await provider().status(call())).state).to.equal('absent');
  });

  it('is not taken for whole when its maker was killed on the way', async () => {
    await provider().ensure(call());
    await rm(join(fake.home, 'clusters', 'np', 'cluster.json'));

    expect(await provider().status(call())).to.deep.equal({
      state: 'broken',
      reason: 'the cluster "np" was never finished',
    });
    expect((await provider().ensure(call())).reused).to.equal(false);
  });

  it('stops being usable when its API server is gone', async () => {
    await provider().ensure(call());
    await api.die();
    const status = await provider().status(call());
    expect(status.state).to.equal('broken');
    expect(status)
      .to.have.property('reason')
      .that.matches(/^the cluster "np" does not answer: .*ECONNREFUSED/);
  });
});
