import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import type { Figures } from '../figures.ts';
import { measuredRun } from './measured-run.ts';
import type { PeerBench } from './peers.ts';

/** cyclonus takes hours for its default cases: it is stopped after so long, and its time a case counts. */
const LIMIT_MS = Number(process.env.BENCH_CYCLONUS_MINUTES ?? 15) * 60_000;
/** The namespaces that it makes: it knows no others. */
const NAMESPACES = ['x', 'y', 'z'];
/** What its command `generate` leaves out unless told otherwise (pkg/cli/generate.go, DefaultExcludeTags). */
const LEFT_OUT = ['multi-peer', 'upstream-e2e', 'example', 'end-port', 'namespaces-by-default-label'];

/**
 * cyclonus' default cases with TCP and UDP, which is what the kernel of most machines has. Its clock starts with the
 * first case, when its pods stand, and so does ours for the ratio; our time with pods is given beside it.
 */
export async function cyclonusFigures(program: string, { session, ready }: PeerBench): Promise<Figures> {
  const { cases, seconds } = await cyclonus(program, { session, ready });
  const ours = await measuredRun(
    session,
    loadScenarios(['cyclonus']).filter(({ tags }) => !LEFT_OUT.some((tag) => tags.includes(`cyclonus.${tag}`))),
  );
  const run = ours.result.summary.passed;
  return {
    cyclonus_peer_cases: cases,
    cyclonus_peer_seconds_per_case: seconds / cases,
    cyclonus_cases: run,
    cyclonus_seconds_per_case: ours.probingSeconds / run,
    cyclonus_seconds_per_case_with_pods: ours.wholeSeconds / run,
    cyclonus_ratio: seconds / cases / (ours.probingSeconds / run),
    cyclonus_ratio_with_our_pods: seconds / cases / (ours.wholeSeconds / run),
  };
}

/** Runs cyclonus until its end or the limit: how many cases it finished, and the seconds from its first to its last. */
async function cyclonus(program: string, { session, ready }: PeerBench): Promise<{ cases: number; seconds: number }> {
  const namespaces = NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', name }));
  for (const ref of namespaces) {
    if ((await session.cluster.get(ref)) !== undefined) {
      throw new Error(`cyclonus wants a namespace ${ref.name} of its own, and the cluster has one`);
    }
  }
  const env = ready.kubeconfig === undefined ? {} : { KUBECONFIG: ready.kubeconfig };
  const child = execa(program, ['generate', '--server-protocol=TCP,UDP'], { env, all: true, reject: false });
  let first = Number.NaN;
  let last = Number.NaN;
  let cases = 0;
  const reading = (async () => {
    for await (const line of child.iterable({ from: 'all' })) {
      if (line.startsWith('starting test case #') && Number.isNaN(first)) first = performance.now();
      if (!line.startsWith('finished policy #')) continue;
      last = performance.now();
      cases += 1;
      process.stderr.write(`cyclonus: ${cases} cases in ${Math.round((last - first) / 1_000)} s\n`);
    }
  })();
  await Promise.race([reading, sleep(LIMIT_MS, undefined, { ref: false })]);
  child.kill();
  await child;
  for (const ref of namespaces) await session.cluster.delete(ref);
  if (cases === 0) throw new Error(`cyclonus finished no case within ${LIMIT_MS / 60_000} minutes`);
  return { cases, seconds: (last - first) / 1_000 };
}
