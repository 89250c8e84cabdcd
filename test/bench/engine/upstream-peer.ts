import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import type { Figures } from '../figures.ts';
import { measuredRun } from './measured-run.ts';
import type { PeerBench } from './peers.ts';

/** Specs at once: what is fastest for the suite on the two-core machine that the figures are for. */
const PROCESSES = Number(process.env.BENCH_PEER_PROCESSES ?? 4);

/** What is read of a report of Ginkgo (its types `Report` and `SpecReport`). */
interface Suite {
  readonly SpecReports: readonly { readonly LeafNodeType: string; readonly State: string }[];
}

/**
 * Kubernetes' own network policy tests, the program `e2e.test`: with `ginkgo` beside it several specs at once, else one
 * after the other. The cases that need SCTP stay out on both sides.
 */
export async function upstreamFigures(program: string, { session, ready }: PeerBench): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-bench-'));
  try {
    const ginkgo = join(dirname(program), 'ginkgo');
    const processes = existsSync(ginkgo) ? PROCESSES : 1;
    const own = [
      '--provider=skeleton',
      ...(ready.kubeconfig === undefined ? [] : [`--kubeconfig=${ready.kubeconfig}`]),
    ];
    const choice = (prefix: string): readonly string[] =>
      ['focus=Netpol', 'skip=SCTPConnectivity', 'json-report=report.json', `output-dir=${folder}`].map(
        (option) => `--${prefix}${option}`,
      );
    const command: readonly string[] =
      processes > 1
        ? [ginkgo, 'run', `--procs=${processes}`, ...choice(''), program, '--', ...own]
        : [program, ...choice('ginkgo.'), ...own];
    const begun = performance.now();
    await execa(command[0] ?? program, command.slice(1), { stdout: process.stderr, stderr: 'inherit', cwd: folder });
    const theirs = (performance.now() - begun) / 1_000;
    const suites = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as readonly Suite[];
    const specs = suites.flatMap(({ SpecReports }) => SpecReports).filter(({ LeafNodeType }) => LeafNodeType === 'It');
    const passed = specs.filter(({ State }) => State === 'passed').length;

    const ours = await measuredRun(session, loadScenarios(['upstream']));
    return {
      upstream_peer_cases: passed,
      upstream_peer_processes: processes,
      upstream_peer_seconds: theirs,
      upstream_cases: ours.result.summary.passed,
      upstream_seconds: ours.wholeSeconds,
      upstream_warm_seconds: ours.probingSeconds,
      upstream_ratio: theirs / ours.wholeSeconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
