import { expect } from 'chai';
import type { ReadyCluster } from '../../src/ports/cluster-provider.ts';
import { type ApiProxy, startApiProxy } from '../support/e2e/api-proxy.ts';
import { objectsOf, type Snapshot } from '../support/e2e/cluster-objects.ts';
import { namespacesOf, removeLeftovers, runIdIn } from '../support/e2e/leftovers.ts';
import { type Ended, netproof } from '../support/e2e/netproof-process.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

describe('a run on a cluster that is not ours', () => {
  let ready: ReadyCluster;
  let proxy: ApiProxy;
  let runId: string;
  let ended: Ended;
  let earlier: Snapshot;
  let later: Snapshot;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    ready = await standingCluster();
    proxy = await startApiProxy(ready);
    await using looking = await startApiProxy(ready);
    earlier = await objectsOf(looking.url);
    ended = await netproof(
      'run',
      'test/e2e/fixtures/only-friends.yaml',
      '--kubeconfig',
      proxy.kubeconfig,
      '--context',
      'proxied',
    );
    runId = runIdIn(proxy.calls) ?? 'none';
    later = await objectsOf(looking.url);
  });
  after(async () => {
    await removeLeftovers(ready, runId);
    await proxy[Symbol.asyncDispose]();
  });

  it('passes', () => {
    expect(ended.code, ended.stdout + ended.stderr).to.equal(0);
    expect(ended.stdout).to.contain('on kubeconfig, Kubernetes ').and.contain('1 scenario: 1 passed');
  });

  it('writes nothing but into namespaces of its own', () => {
    const writes = proxy.calls.filter(({ method }) => method !== 'GET');
    const own = new RegExp(`^/(?:api/v1|apis/networking\\.k8s\\.io/v1)/namespaces/np-${runId}-\\d-x(?:/|$)`);
    expect(writes.map(({ path }) => path).filter((path) => !own.test(path))).to.deep.equal([]);
    expect(writes.map(({ method }) => method)).to.include.members(['PATCH', 'DELETE']);
  });

  it('enters no pods but its own', () => {
    const entered = proxy.calls.map(({ path }) => path).filter((path) => path.endsWith('/exec'));
    expect(entered).to.not.be.empty;
    for (const path of entered) expect(path).to.match(new RegExp(`/namespaces/np-${runId}-\\d-x/pods/`));
  });

  it('leaves every other object as it was', () => {
    expect(earlier.size).to.be.above(50);
    expect(Object.fromEntries(later)).to.deep.equal(Object.fromEntries(earlier));
  });

  it('leaves no namespace', async () => {
    expect(await namespacesOf(ready, runId)).to.deep.equal([]);
  });
});
