// A mocha suite as a user writes it, over the public API; run by describe-scenarios.test.ts. With NETPROOF_PLUGIN=none it
// runs on a cluster whose API server takes every policy and whose plugin enforces none.
import { type Cluster, loadScenarios, openSimulatedSession, type Run } from '../../../src/index.ts';
import { describeScenarios } from '../../../src/mocha/describe-scenarios.ts';

/** Stores each NetworkPolicy as another kind, which nobody enforces. */
function withoutPlugin(cluster: Cluster): Cluster {
  return {
    ...cluster,
    apply: (object, options) =>
      cluster.apply(object.kind === 'NetworkPolicy' ? { ...object, kind: 'ConfigMap' } : object, options),
  };
}

describe('a suite of my own', () => {
  let run: Run | undefined;

  before(async () => {
    const session = await openSimulatedSession(process.env.NETPROOF_PLUGIN === 'none' ? { wrap: withoutPlugin } : {});
    run = session.startRun({ signal: new AbortController().signal });
  });

  const files = ['deny.yaml', 'sctp.yaml'].map((file) => `${import.meta.dirname}/${file}`);
  describeScenarios(loadScenarios(files), {
    runner: () => {
      if (run === undefined) throw new Error('no session');
      return run;
    },
  });

  after(async () => {
    await run?.finish(() => {});
  });
});
