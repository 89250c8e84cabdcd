import type { ClusterState } from '../../src/core/model/cluster-state.ts';
import type { Connection } from '../../src/core/oracle/connection.ts';
import { explain } from '../../src/core/oracle/explain.ts';
import { explainText } from '../../src/core/oracle/explain-text.ts';
import { compile } from '../../src/core/oracle/oracle.ts';
import { reachability } from '../../src/core/oracle/reachability.ts';
import { referenceOracle } from '../support/oracle/reference-oracle.ts';
import { type Bench, type Figures, median, timed } from './figures.ts';
import { madeUpCluster, PORTS, randomFrom } from './oracle-cluster.ts';

/** Measures the oracle: the whole matrix of a middling cluster, and single questions to a very large one. */
export const bench: Bench = async () => ({ ...matrixFigures(), ...largeFigures() });

/** 1,000 x 1,000 pods x 10 ports under 500 policies. The time includes compiling and counting every verdict. */
function matrixFigures(): Figures {
  const state = madeUpCluster({ namespaces: 50, podsPerNamespace: 20, policies: 500 });
  const verdicts = state.pods.length ** 2 * PORTS.length;
  const whole = () => {
    const matrix = reachability(compile(state), PORTS);
    let allowed = 0;
    for (const port of PORTS.keys()) for (const to of state.pods.keys()) allowed += matrix.sources(to, port).size();
    return { matrix, allowed };
  };
  for (let i = 0; i < 3; i++) whole();
  const runs = Array.from({ length: 7 }, () => timed(whole));
  const { matrix, allowed } = (runs[0] as (typeof runs)[0]).value;
  checkSample(state, (from, to, port) => matrix.verdict(from, to, port));
  const seconds = runs.map((run) => run.seconds);
  return {
    // The fastest run: whatever else the machine does can only make the others slower.
    verdicts_per_second: verdicts / Math.min(...seconds),
    matrix_seconds: Math.min(...seconds),
    matrix_median_seconds: median(seconds),
    matrix_verdicts: verdicts,
    matrix_allowed_share: allowed / verdicts,
  };
}

/** The matrix must say what the literal reading says, on 2,000 cells by chance. */
function checkSample(state: ClusterState, verdict: (from: number, to: number, port: number) => string): void {
  const random = randomFrom(11);
  const reference = referenceOracle(state);
  for (let i = 0; i < 2000; i++) {
    const [from, to, port] = [state.pods.length, state.pods.length, PORTS.length].map((n) => Math.floor(random() * n));
    const connection = { from: { pod: state.pods[from!]! }, to: { pod: state.pods[to!]! }, ...PORTS[port!]! };
    const expected = reference(connection).verdict;
    if (verdict(from!, to!, port!) !== expected) throw new Error(`cell ${from}, ${to}, ${port} is not ${expected}`);
  }
}

/** 100,000 pods in 2,000 namespaces with 10,000 policies. */
function largeFigures(): Figures {
  const state = madeUpCluster({ namespaces: 2000, podsPerNamespace: 50, policies: 10_000 });
  const heapBefore = process.memoryUsage().heapUsed;
  const { seconds, value: oracle } = timed(() => compile(state));
  const heapAfter = process.memoryUsage().heapUsed;
  const random = randomFrom(13);
  const connection = (): Connection => {
    const pod = () => state.pods[Math.floor(random() * state.pods.length)]!;
    return { from: { pod: pod() }, to: { pod: pod() }, ...PORTS[Math.floor(random() * PORTS.length)]! };
  };
  const explainOne = () => {
    const asked = connection();
    return timed(() => explainText(explain(oracle, asked))).seconds * 1000;
  };
  const first = explainOne();
  for (let i = 0; i < 500; i++) explainOne();
  const explained = Array.from({ length: 2000 }, explainOne);
  const changes = Array.from({ length: 200 }, () => {
    const asked = connection();
    const name = 'pod' in asked.from ? `${asked.from.pod.namespace}/${asked.from.pod.name}` : '';
    return timed(() => {
      const changed = oracle.withPodLabels(name, { app: 'app-1', tier: 'web', env: 'prod' });
      return changed.decide({ ...asked, from: { pod: changed.pod(name)! } });
    }).seconds;
  });
  return {
    large_compile_seconds: seconds,
    large_compile_heap_gib: (heapAfter - heapBefore) / 2 ** 30,
    large_peak_rss_gib: process.resourceUsage().maxRSS / 2 ** 20,
    explain_first_ms: first,
    explain_median_ms: median(explained),
    explain_p99_ms: explained.toSorted((a, b) => a - b)[Math.floor(explained.length * 0.99)]!,
    label_change_median_ms: median(changes) * 1000,
  };
}
