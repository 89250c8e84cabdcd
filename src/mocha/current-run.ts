import { UsageError } from '../core/diagnostics/errors.ts';
import type { RunResult } from '../core/result/result.ts';
import type { Run } from '../engine/run.ts';
import type { ReadyCluster } from '../ports/cluster-provider.ts';
import { openSession, openSimulatedSession } from '../session.ts';
import { suiteInterrupt } from './interruption.ts';

/** Where mocha's processes are told the cluster that was brought up for all of them: parallel jobs inherit it. */
export const CLUSTER_VARIABLE = 'NETPROOF_MOCHA_CLUSTER';

/** What the variable holds. */
export type SuiteCluster = { readonly simulated: true } | { readonly simulated: false; readonly ready: ReadyCluster };

let interrupt: ReturnType<typeof suiteInterrupt> | undefined;
let current: Promise<Run> | undefined;

/**
 * The run of this process on the suite's cluster, begun when it is first asked for. Mocha's hooks and assertions know
 * nothing of one another, so they meet here. Rejects with `UsageError` `suite-without-cluster` where no hook made one.
 */
export function currentRun(): Promise<Run> {
  current ??= begin();
  return current;
}

async function begin(): Promise<Run> {
  const told = process.env[CLUSTER_VARIABLE];
  if (told === undefined) {
    throw new UsageError({
      code: 'suite-without-cluster',
      message: 'no cluster was brought up for this suite',
      hint: 'Let mocha require a file that exports what clusterHooks() of netproof/mocha returns.',
    });
  }
  const cluster = JSON.parse(told) as SuiteCluster;
  interrupt = suiteInterrupt((line) => process.stderr.write(`${line}\n`));
  const session = cluster.simulated ? await openSimulatedSession() : await openSession(cluster.ready);
  return session.startRun({ signal: interrupt.signal });
}

/** Ends this process' run, if one was begun, and resolves when everything that it made is gone. */
export async function endCurrentRun(): Promise<RunResult | undefined> {
  const run = await current?.catch(() => undefined);
  current = undefined;
  try {
    return await run?.finish(() => {});
  } finally {
    interrupt?.[Symbol.dispose]();
  }
}
