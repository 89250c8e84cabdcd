import { type UpOptions, upCluster } from '../cli/up-cluster.ts';
import type { RunResult } from '../core/result/result.ts';
import type { ClusterProvider } from '../ports/cluster-provider.ts';
import { progressFor } from '../reporters/progress.ts';
import { CLUSTER_VARIABLE, endCurrentRun, type SuiteCluster } from './current-run.ts';
import { isInterrupted, suiteInterrupt } from './interruption.ts';

/** How long the removal of the cluster may take, in ms. */
const REMOVE_LIMIT_MS = 120_000;
/** How long a run may take to remove what it made, in ms. */
const FINISH_LIMIT_MS = 180_000;

/** Which cluster a suite runs on, and what happens to it afterwards. */
export interface ClusterHookOptions {
  /** As the command line's options; default: kind with Calico, reused where a fitting one stands. */
  readonly cluster?: UpOptions;
  /** Remove the cluster after the suite, if netproof made it; default false: the next suite then begins at once. */
  readonly remove?: boolean;
  /** Run on the oracle as a cluster: to try a suite. Says nothing of a plugin. Default false. */
  readonly simulate?: boolean;
  /** Gets the result of each of mocha's processes once its tests have ended: one, or one a parallel job. */
  readonly onResult?: (result: RunResult) => void | Promise<void>;
}

/** What a file that mocha requires exports, by these very names. */
export interface ClusterHooks {
  readonly mochaGlobalSetup: () => Promise<void>;
  readonly mochaGlobalTeardown: () => Promise<void>;
  readonly mochaHooks: {
    readonly beforeEach: (this: Mocha.Context) => void;
    readonly afterAll: (this: Mocha.Context) => Promise<void>;
  };
}

/**
 * Hooks that bring one cluster up before all tests, end each process' run after its own, and take the cluster down after
 * all. They work with `--parallel`: the cluster is made once, and each job has a run with namespaces of its own. Ctrl-C
 * skips the tests that are left, cleans up and ends mocha with 130; with `--parallel` mocha ends its jobs at once.
 */
export function clusterHooks({ cluster = {}, remove, simulate, onResult }: ClusterHookOptions = {}): ClusterHooks {
  let provider: ClusterProvider | undefined;
  return {
    mochaGlobalSetup: async () => {
      using progress = progressFor(process.stderr);
      const told: SuiteCluster = simulate === true ? { simulated: true } : await bringUp(progress);
      process.env[CLUSTER_VARIABLE] = JSON.stringify(told);
    },
    mochaGlobalTeardown: async () => {
      delete process.env[CLUSTER_VARIABLE];
      if (remove !== true || provider === undefined) return;
      using progress = progressFor(process.stderr);
      await provider.remove({ progress, signal: AbortSignal.timeout(REMOVE_LIMIT_MS) });
    },
    mochaHooks: {
      beforeEach() {
        if (isInterrupted()) this.skip();
      },
      async afterAll() {
        this.timeout(FINISH_LIMIT_MS);
        const result = await endCurrentRun();
        if (result !== undefined) await onResult?.(result);
      },
    },
  };

  async function bringUp(progress: ReturnType<typeof progressFor>): Promise<SuiteCluster> {
    using interrupt = suiteInterrupt((line) => progress.note(line));
    const up = await upCluster(cluster, { progress, signal: interrupt.signal });
    provider = up.provider;
    return { simulated: false, ready: up.ready };
  }
}
