import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { ScenarioResult } from '../../src/core/result/result.ts';
import type { ChangeTimes, Cluster } from '../../src/ports/cluster.ts';
import type { ReadyCluster } from '../../src/ports/cluster-provider.ts';
import { openSession } from '../../src/session.ts';
import { type ApiProxy, startApiProxy } from '../support/e2e/api-proxy.ts';
import { freeze } from '../support/e2e/node-processes.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

/** Runs the fixture of a policy that lets friends in, on a cluster as `wrap` makes it. */
async function runFriends(ready: ReadyCluster, wrap: (cluster: Cluster) => Cluster): Promise<ScenarioResult> {
  const session = await openSession(ready, { wrap });
  const run = session.startRun({ signal: suiteSignal });
  try {
    const [scenario] = loadScenarios(['test/e2e/fixtures/only-friends.yaml']);
    return await run.runScenario(scenario!, () => {});
  } finally {
    await run.finish(() => {});
  }
}

/** A cluster where something happens around the first policy that is applied. */
function aroundPolicy(
  cluster: Cluster,
  around: (apply: () => ReturnType<Cluster['apply']>) => ReturnType<Cluster['apply']>,
): Cluster {
  let done = false;
  return {
    ...cluster,
    apply: (object, options) => {
      if (object.kind !== 'NetworkPolicy' || done) return cluster.apply(object, options);
      done = true;
      return around(() => cluster.apply(object, options));
    },
  };
}

/** Attempts of the step's cells, and the longest time between two of one cell, in ms. */
function longestBreak({ steps }: ScenarioResult, name: string): number {
  const cells = steps.find((step) => step.name === name)?.cells ?? [];
  const breaks = cells.flatMap(({ series }) =>
    series.slice(1).map(([, , firstMs], index) => firstMs - (series[index]?.[3] ?? firstMs)),
  );
  return Math.max(...breaks);
}

describe('an API server in trouble', () => {
  let ready: ReadyCluster;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    ready = await standingCluster();
  });

  it('that is away for 20 s after a change costs no attempt', async () => {
    await using proxy: ApiProxy = await startApiProxy(ready);
    let back: Promise<void> | undefined;
    const { context: _, ...proxied } = ready;
    const scenario = await runFriends({ ...proxied, provider: 'kubeconfig', kubeconfig: proxy.kubeconfig }, (cluster) =>
      aroundPolicy(cluster, async (apply) => {
        const times = await apply();
        await proxy.leave();
        back = new Promise<void>((resolve) => setTimeout(resolve, 20_000)).then(() => proxy.comeBack());
        return times;
      }),
    );
    await back;
    expect(scenario.status, scenario.reason ?? '').to.equal('passed');
    expect(longestBreak(scenario, 'only friends'), 'ms without an attempt').to.be.lessThan(2_000);
  });

  it('that freezes for 8 s during a change is waited for, and is no verdict', async () => {
    let changed: ChangeTimes | undefined;
    let askedMs = Number.NaN;
    const scenario = await runFriends(ready, (cluster) =>
      aroundPolicy(cluster, async (apply) => {
        await using stack = new AsyncDisposableStack();
        const frozen = stack.use(await freeze('^kube-apiserver '));
        const thaw = setTimeout(() => void frozen[Symbol.asyncDispose](), 8_000);
        stack.defer(() => clearTimeout(thaw));
        askedMs = systemClock.now();
        changed = await apply();
        return changed;
      }),
    );
    expect(scenario.status, scenario.reason ?? '').to.be.oneOf(['passed', 'inconclusive']);
    // Of the first try: one that was inconclusive ran once more, without trouble.
    expect(changed!.answeredMs - askedMs).to.be.greaterThan(6_000);
    // On a new connection the request goes out once the server has greeted: never before it was asked for.
    expect(changed!.sentMs).to.be.within(askedMs, changed!.answeredMs);
  });
});
