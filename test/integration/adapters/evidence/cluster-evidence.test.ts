import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { clusterEvidence } from '../../../../src/adapters/evidence/cluster-evidence.ts';
import { clusterWorkloads } from '../../../../src/adapters/prober/pods/workloads.ts';
import type { StepResult } from '../../../../src/core/result/result.ts';
import { simulatedRun } from '../../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../../support/engine/web-scenario.ts';

const DENY = policy('deny', { ingress: [] });
const denied = webScenario([
  { name: 'no policy', changes: [] },
  { name: 'deny', changes: [{ kind: 'apply', manifest: DENY }] },
]);

describe('the evidence of a run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'netproof-evidence-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** Runs it on a simulated cluster that forgets to enforce policies, or not. */
  async function steps(enforces: boolean): Promise<readonly StepResult[]> {
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          const changed =
            enforces || object.kind !== 'NetworkPolicy'
              ? object
              : { ...object, spec: { ingress: [{}], podSelector: {} } };
          return cluster.apply(changed, options);
        },
      }),
      evidence: (cluster, clock) =>
        clusterEvidence({
          cluster: {
            ...cluster,
            list: async (query, options) => {
              if (query.kind === 'EndpointSlice') throw new Error('endpointslices is forbidden');
              if (query.kind === 'Event') return [event];
              return query.kind === 'DaemonSet' ? [calico] : cluster.list(query, options);
            },
            logs: async ({ name }) => `log of ${name}`,
          },
          clock,
          workloads: clusterWorkloads,
          findEngine: async () => ({ found: false, reason: 'no docker here' }),
          root,
          keepsRuns: false,
        }),
    });
    const scenario = await run.runScenario(denied, () => {});
    await run.finish(() => {});
    return scenario.steps;
  }
  const calico = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'calico-node', namespace: 'x' },
    spec: { selector: { matchLabels: { app: 'web' } } },
  };
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e1', namespace: 'np-1-x' },
    involvedObject: { kind: 'Pod', namespace: 'np-1-x', name: 'web' },
    type: 'Normal',
    reason: 'Started',
    message: 'Started container main',
    lastTimestamp: '2026-01-01T00:00:01Z',
  };

  it('is collected for the step that failed, while its objects still stand', async () => {
    const failed = (await steps(false)).filter(({ status }) => status === 'failed');
    expect(failed.map(({ name }) => name)).to.deep.equal(['deny']);
    const folders = new Set(failed[0]!.failures.map(({ evidence }) => evidence));
    expect([...folders]).to.deep.equal([join(root, 'test-web', 'deny')]);
    const read = (file: string) => readFileSync(join(root, 'test-web', 'deny', file), 'utf8');
    expect(read('policies.yaml'), 'as the cluster has it, not as it was sent').to.contain('podSelector: {}');
    expect(read('pods.yaml')).to.match(/name: web[\s\S]*---/);
    expect(read('services.yaml')).to.contain('clusterIPs');
    expect(read('events.txt')).to.contain('Started Pod np-1-x/web: Started container main');
    const { cells } = JSON.parse(read('series.json'));
    expect(cells.map(({ cell }: { cell: string }) => cell)).to.include('x/client->x/web:80/TCP via pod-ip');
    expect(cells[0].attempts.length).to.be.greaterThan(30);
    expect(read('repro.sh')).to.match(/^#!\/bin\/sh\n/);
    const readme = read('README.md');
    expect(readme).to.contain('- endpointslices.yaml: endpointslices is forbidden');
    expect(readme).to.contain('no container engine answers: no docker here');
  });

  it('is not collected where everything passed', async () => {
    expect((await steps(true)).flatMap(({ failures }) => failures)).to.deep.equal([]);
    expect(() => readFileSync(join(root, 'test-web', 'deny', 'README.md'))).to.throw('ENOENT');
  });
});
