import { expect } from 'chai';
import { announceRun } from '../../src/adapters/live-runs.ts';
import { stateFolder } from '../../src/adapters/state-folder.ts';
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

/** Settled or not, the hold has begun so long after the change: the runs here have a budget of 1 s. */
const HOLD_BEGUN_MS = 2_000;

const POLICY_APPLIED = { moment: applies(/\/networkpolicies\//) };

const phases: Readonly<Record<string, { readonly moment: Moment; readonly laterMs?: number }>> = {
  'namespaces are made': { moment: applies(/\/namespaces\/[^/]+$/) },
  'pods are made': { moment: applies(/\/pods\//) },
  'the baseline is watched': { moment: (call, earlier) => isExec(call) && earlier.some(isExec), laterMs: 1_000 },
  'a policy is applied': POLICY_APPLIED,
  'a step is held': { ...POLICY_APPLIED, laterMs: HOLD_BEGUN_MS },
};

/** What became of a run that got a signal. */
interface Stopped extends Ended {
  readonly runId: string;
}

/** Runs the smallest scenario and sends a signal at the moment, or `laterMs` after it. */
async function stoppedAt(
  ready: ReadyCluster,
  signal: 'SIGINT' | 'SIGKILL',
  { moment, laterMs = 0 }: { readonly moment: Moment; readonly laterMs?: number },
): Promise<Stopped> {
  let sent = false;
  await using proxy = await startApiProxy(ready, {
    onCall: (call, earlier) => {
      if (sent || !moment(call, earlier)) return;
      sent = true;
      if (laterMs === 0) running.kill(signal);
      else setTimeout(() => running.kill(signal), laterMs);
    },
  });
  const scenario = 'test/e2e/fixtures/closed-to-one.yaml';
  const running = startNetproof(['run', scenario, '--kubeconfig', proxy.kubeconfig, '--budget', '1s', '--hold', '60s']);
  return { ...(await running.ended), runId: runIdIn(proxy.calls) ?? 'none' };
}

describe('a run that is interrupted', () => {
  let ready: ReadyCluster;
  /** They run side by side, each with namespaces of its own: that saves minutes. */
  const interrupted = new Map<string, Promise<Stopped>>();
  let killed: Promise<Stopped>;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    ready = await standingCluster();
    for (const [phase, when] of Object.entries(phases)) interrupted.set(phase, stoppedAt(ready, 'SIGINT', when));
    killed = stoppedAt(ready, 'SIGKILL', POLICY_APPLIED);
    await Promise.allSettled([...interrupted.values(), killed]);
  });
  after(async () => {
    for (const stopped of [...interrupted.values(), killed]) {
      await stopped.then(({ runId }) => removeLeftovers(ready, runId));
    }
  });

  for (const phase of Object.keys(phases)) {
    it(`by Ctrl-C while ${phase} leaves nothing and exits 130`, async () => {
      const { runId, code, stdout, stderr } = await interrupted.get(phase)!;
      expect(code, stdout + stderr).to.equal(130);
      expect(stderr).to.contain('interrupted: cleaning up');
      expect(stdout).to.contain(`run ${runId}: `).and.contain('nothing ran');
      expect(await namespacesOf(ready, runId)).to.deep.equal([]);
    });
  }

  it('by kill -9 leaves namespaces that "netproof clean" finds and removes', async () => {
    const { runId, code } = await killed;
    expect(code).to.equal(null);
    const namespace = `np-${runId}-1-x`;
    expect(await namespacesOf(ready, runId)).to.deep.equal([namespace]);

    const { kubeconfig = '', context = '' } = ready;
    const cleanAll = () => netproof('clean', '--kubeconfig', kubeconfig, '--context', context);
    const clean = () => netproof('clean', '--run', runId, '--kubeconfig', kubeconfig, '--context', context);
    const note = announceRun(stateFolder(), runId);
    const cautious = await cleanAll().finally(() => note[Symbol.dispose]());
    expect(cautious.stdout).to.contain(`run ${runId} goes on (process ${process.pid})`);
    expect(await namespacesOf(ready, runId)).to.deep.equal([namespace]);
    const first = await clean();
    expect(first.code, first.stderr).to.equal(0);
    expect(first.stdout).to.equal(`removed namespace ${namespace}\n`);
    expect(await namespacesOf(ready, runId)).to.deep.equal([]);
    const second = await clean();
    expect(second.code, second.stderr).to.equal(0);
    expect(second.stdout).to.equal('nothing to remove\n');
  });
});
