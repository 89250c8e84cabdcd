import { expect } from 'chai';
import type { ReadyCluster } from '../../src/ports/cluster-provider.ts';
import { type ApiCall, startApiProxy } from '../support/e2e/api-proxy.ts';
import { namespacesOf, removeLeftovers, runIdIn } from '../support/e2e/leftovers.ts';
import { type Ended, netproof, startNetproof } from '../support/e2e/netproof-process.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

/** A point in a run, told by a call that is about to reach the API server and those before it. */
type Moment = (call: ApiCall, earlier: readonly ApiCall[]) => boolean;

/** An object is applied whose path has this part. */
const applies =
  (part: RegExp): Moment =>
  ({ method, path }) =>
    method === 'PATCH' && part.test(path);
const isExec = ({ path }: ApiCall): boolean => path.endsWith('/exec');
const isPodList = ({ method, path }: ApiCall): boolean => method === 'GET' && path.endsWith('/pods');

/** Settled or not, the hold has begun so long after the change: the runs here have a budget of 1 s. */
const HOLD_BEGUN_MS = 2_000;

const phases: Readonly<Record<string, { readonly moment: Moment; readonly laterMs?: number }>> = {
  'namespaces are made': { moment: applies(/\/namespaces\/[^/]+$/) },
  'pods are made': { moment: applies(/\/pods\//) },
  'the baseline is watched': { moment: (call, earlier) => isPodList(call) && earlier.some(isExec), laterMs: 300 },
  'a policy is applied': { moment: applies(/\/networkpolicies\//) },
  'a step is held': { moment: applies(/\/networkpolicies\//), laterMs: HOLD_BEGUN_MS },
};

/** Runs the smallest scenario and sends a signal at the moment, or `laterMs` after it. */
async function endedAt(
  ready: ReadyCluster,
  signal: 'SIGINT' | 'SIGKILL',
  { moment, laterMs = 0 }: { readonly moment: Moment; readonly laterMs?: number },
): Promise<Ended & { readonly runId: string | undefined }> {
  let sent = false;
  await using proxy = await startApiProxy(ready, {
    onCall: (call, earlier) => {
      if (sent || !moment(call, earlier)) return;
      sent = true;
      if (laterMs === 0) running.kill(signal);
      else setTimeout(() => running.kill(signal), laterMs);
    },
  });
  const limits = ['--budget', '1s', '--hold', '60s'];
  const running = startNetproof([
    'run',
    'test/e2e/fixtures/closed-to-one.yaml',
    '--kubeconfig',
    proxy.kubeconfig,
    ...limits,
  ]);
  const ended = await running.ended;
  return { ...ended, runId: runIdIn(proxy.calls) };
}

describe('a run that is interrupted', () => {
  let ready: ReadyCluster;
  let runId: string | undefined;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    ready = await standingCluster();
  });
  afterEach(() => removeLeftovers(ready, runId));

  for (const [phase, when] of Object.entries(phases)) {
    it(`by Ctrl-C while ${phase} leaves nothing and exits 130`, async () => {
      const { runId: id, code, stdout, stderr } = await endedAt(ready, 'SIGINT', when);
      runId = id;
      expect(code, stdout + stderr).to.equal(130);
      expect(stderr).to.contain('interrupted: cleaning up');
      expect(stdout).to.contain('nothing ran');
      expect(await namespacesOf(ready, id!)).to.deep.equal([]);
    });
  }

  it('by kill -9 leaves namespaces that "netproof clean" finds and removes', async () => {
    const { runId: id, code } = await endedAt(ready, 'SIGKILL', phases['a policy is applied']!);
    runId = id;
    expect(code).to.equal(null);
    const left = await namespacesOf(ready, id!);
    expect(left).to.deep.equal([`np-${id}-1-x`]);

    const { kubeconfig = '', context = '' } = ready;
    const where = ['--kubeconfig', kubeconfig, '--context', context];
    const cleaned = await netproof('clean', '--run', id!, ...where);
    expect(cleaned.code, cleaned.stderr).to.equal(0);
    expect(cleaned.stdout).to.equal(`removed namespace ${left[0]}\n`);
    expect(await namespacesOf(ready, id!)).to.deep.equal([]);
    const again = await netproof('clean', '--run', id!, ...where);
    expect({ code: again.code, stdout: again.stdout }).to.deep.equal({ code: 0, stdout: 'nothing to remove\n' });
  });
});
