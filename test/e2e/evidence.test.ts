import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { clusterName } from '../../src/adapters/cluster/kind/kind-request.ts';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import type { ScenarioResult } from '../../src/core/result/result.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { openSession } from '../../src/session.ts';
import { freeze, nodeEngine } from '../support/e2e/node-processes.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

/** What enforces policy on a node: frozen, it lets everything be as it was. */
const FELIX = '^calico-node -felix';

describe('the evidence of a failure on a real cluster', () => {
  let folder: string;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    const { cni } = await standingCluster();
    if (cni.name !== 'calico') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'netproof-evidence-'));
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** Runs a scenario while the plugin does nothing as long as there is a policy. */
  async function failing(): Promise<ScenarioResult> {
    let frozen: AsyncDisposable | undefined;
    const thaw = async (): Promise<void> => await frozen?.[Symbol.asyncDispose]();
    await using stack = new AsyncDisposableStack();
    stack.defer(thaw);
    const wrap = (cluster: Cluster): Cluster => ({
      ...cluster,
      apply: async (object, options) => {
        if (object.kind === 'NetworkPolicy') frozen = await freeze(FELIX);
        return cluster.apply(object, options);
      },
      // New pods have no network while it is frozen.
      delete: async (ref, options) => {
        await thaw();
        return cluster.delete(ref, options);
      },
    });
    const session = await openSession(await standingCluster(), { wrap, evidence: folder });
    const run = session.startRun({ signal: suiteSignal, rerun: false });
    try {
      const [scenario] = loadScenarios(['test/e2e/fixtures/only-friends.yaml']);
      return await run.runScenario(scenario!, () => {});
    } finally {
      await run.finish(() => {});
    }
  }

  it('shows what the cluster, the plugin and the kernels of both nodes had, and repeats it', async () => {
    const { status, steps } = await failing();
    expect(status).to.be.oneOf(['failed', 'flaky']);
    const { evidence } = steps.flatMap(({ failures }) => failures)[0]!;
    const read = (file: string) => readFileSync(join(evidence!, file), 'utf8');
    expect(read('policies.yaml')).to.contain('kind: NetworkPolicy').and.contain('resourceVersion');
    expect(read('pods.yaml')).to.contain('podIPs');
    expect(read('events.txt')).to.match(/Started Pod np-\w+-\d+-x\/server/);
    const nodes = readdirSync(evidence!, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(nodes.map(({ name }) => name).toSorted()).to.have.length.within(1, 2);
    for (const { name } of nodes) {
      expect(read(`${name}/iptables.txt`))
        .to.contain('*filter')
        .and.contain('cali-');
      expect(read(`${name}/ipset.txt`)).to.match(/^create /);
      expect(read(`${name}/conntrack.txt`)).to.match(/src=\S+ dst=\S+/);
      expect(read(`${name}/calico.log`)).to.contain('felix');
    }
    expect(JSON.parse(read('series.json')).cells.map(({ cell }: { cell: string }) => cell)).to.deep.equal([
      'x/stranger->x/server:8080/TCP via pod-ip',
    ]);

    const again = await repeat(join(evidence!, 'repro.sh'), 'frozen');
    expect(again.code, again.said).to.equal(1);
    expect(again.said).to.contain('x/stranger->x/server:8080/TCP via pod-ip is open');
    const healed = await repeat(join(evidence!, 'repro.sh'), 'works');
    expect(healed.code, healed.said).to.equal(0);
  });

  /** Runs the script with a kubectl that is the node's, and freezes the plugin before a policy is applied. */
  async function repeat(
    script: string,
    plugin: 'frozen' | 'works',
  ): Promise<{ readonly code: number; readonly said: string }> {
    const engine = await nodeEngine();
    const docker = `'${engine.docker}'`;
    const node = `${clusterName()}-control-plane`;
    const signal = (name: string) =>
      `for node in $(${docker} ps -q --filter label=io.x-k8s.kind.cluster=${clusterName()}); do ${docker} exec "$node" pkill -${name} -f '${FELIX}'; done`;
    const kubectl = [
      '#!/bin/sh',
      'input=/dev/null',
      `case "$*" in *"-f -"*) input='${folder}/input'; cat > "$input" ;; esac`,
      plugin === 'frozen' ? `if grep -q '"kind":"NetworkPolicy"' "$input"; then ${signal('STOP')}; fi` : '',
      `exec ${docker} exec -i ${node} kubectl --kubeconfig /etc/kubernetes/admin.conf "$@" < "$input"`,
      '',
    ].join('\n');
    writeFileSync(join(folder, 'kubectl'), kubectl, { mode: 0o755 });
    const env = { ...process.env, ...engine.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
    try {
      return await new Promise((resolve) => {
        execFile('sh', [script], { env, timeout: 150_000 }, (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ code, said: stdout + stderr });
        });
      });
    } finally {
      await new Promise((resolve) => execFile('sh', ['-c', signal('CONT')], { env }, resolve));
    }
  }
});
