import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RunResult } from '../../src/core/result/result.ts';
import { kubeconfigFor, startApiProxy } from '../support/e2e/api-proxy.ts';
import { removeLeftovers, runIdIn } from '../support/e2e/leftovers.ts';
import { netproof } from '../support/e2e/netproof-process.ts';
import { startFakeApiServer } from '../support/fake-api-server.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

const fixtures = 'test/e2e/fixtures';

describe('the command line says what it found', () => {
  let folder: string;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    await standingCluster();
    folder = mkdtempSync(join(tmpdir(), 'netproof-e2e-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('comes out red, with the right cell named, when a policy never reaches the cluster', async () => {
    const ready = await standingCluster();
    await using proxy = await startApiProxy(ready, {
      swallow: ({ method, path }) => method === 'PATCH' && path.includes('/networkpolicies/'),
    });
    const json = join(folder, 'red.json');
    const scenario = `${fixtures}/only-friends.yaml`;
    const { code, stdout, stderr } = await netproof('run', scenario, '--kubeconfig', proxy.kubeconfig, '--json', json);
    await removeLeftovers(ready, runIdIn(proxy.calls));

    expect(code, stdout + stderr).to.equal(1);
    const { scenarios }: RunResult = JSON.parse(readFileSync(json, 'utf8'));
    const failed = scenarios.flatMap(({ steps }) => steps.flatMap(({ failures }) => failures));
    const cell = 'x/stranger->x/server:8080/TCP via pod-ip';
    expect(scenarios.map(({ status }) => status)).to.deep.equal(['failed']);
    expect([...new Set(failed.map((failure) => failure.cell))]).to.deep.equal([cell]);
    expect(failed[0]).to.include({ expected: 'closed', observed: 'open' });
    expect(stdout).to.contain(cell);
  });

  it('is exit 3 with the cause, and no verdict, when the cluster does not answer', async () => {
    const kubeconfig = join(folder, 'nobody-listens');
    writeFileSync(kubeconfig, kubeconfigFor(`http://127.0.0.1:${await closedPort()}`));
    const { code, stdout, stderr } = await netproof('run', `${fixtures}/only-friends.yaml`, '--kubeconfig', kubeconfig);
    expect(code, stdout + stderr).to.equal(3);
    expect(stderr).to.contain('cannot reach the API server').and.contain('ECONNREFUSED');
    expect(stdout).to.equal('');
  });

  it('is exit 2 with file, line and column for a mistake in a scenario, and calls nobody', async () => {
    await using api = await startFakeApiServer();
    const broken = `${fixtures}/broken.yaml`;
    const { code, stdout, stderr } = await netproof('run', broken, '--kubeconfig', api.kubeconfig);
    expect(code, stdout + stderr).to.equal(2);
    expect(stderr).to.contain(`${broken}:19:15: `).and.contain('form').and.contain('from');
    expect(api.requests).to.deep.equal([]);
  });
});

/** A port of the loopback address on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
