import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cilium } from '../../../../../src/adapters/cni/cilium.ts';
import { renderChart } from '../../../../../src/adapters/images/registry/render-chart.ts';
import { ClusterError } from '../../../../../src/core/diagnostics/errors.ts';

const { signal } = new AbortController();

describe('renderChart', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-helm-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** A program in place of Helm. */
  const helm = async (script: string): Promise<string> => {
    const file = join(folder, 'helm');
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  };
  const chart = { file: 'c.tgz', namespace: 'kube-system', values: { 'a.b': 'text', 'c.d': false } };

  it('asks for the objects without a cluster, with values that keep their types', async () => {
    const told = (await renderChart(await helm('for word in "$@"; do echo "$word"; done'), chart, { signal })).split(
      '\n',
    );
    expect(told.slice(0, 5)).to.deep.equal(['template', 'netproof', 'c.tgz', '--namespace', 'kube-system']);
    expect(told).to.include.members(['--set-json=a.b="text"', '--set-json=c.d=false']);
  });

  it('fails with what Helm said', async () => {
    const failing = await helm('echo "Error: chart requires kubeVersion" >&2; exit 1');
    const error: unknown = await renderChart(failing, chart, { signal }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(ClusterError);
    expect((error as ClusterError).outputTail).to.contain('kubeVersion');
  });
});

describe("Cilium's chart", () => {
  it('is told the IP families of the cluster', () => {
    const { install } = cilium;
    const values = (ipFamily: 'ipv4' | 'ipv6' | 'dual') =>
      install.from === 'chart'
        ? install.values({ ipFamily, podSubnet: '', serviceSubnet: '', apiServer: { host: '', port: 0 } })
        : expect.fail('no chart');
    expect(values('ipv4')).to.include({ 'ipv4.enabled': true, 'ipv6.enabled': false });
    expect(values('ipv6')).to.include({ 'ipv4.enabled': false, 'ipv6.enabled': true });
    expect(values('dual')).to.include({ 'ipv4.enabled': true, 'ipv6.enabled': true });
  });
});
