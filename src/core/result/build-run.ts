import { buildCard } from './card/build-card.ts';
import { buildLatency } from './card/build-latency.ts';
import type { ResultStatus, RunResult, ScenarioResult, Summary } from './result.ts';
import { spreadOf } from './spread.ts';

/** The whole result of a run; of a simulated one without capability card. */
export function buildRun(run: RunResult['run'], scenarios: readonly ScenarioResult[]): RunResult {
  return {
    version: 1,
    run,
    summary: summarize(scenarios),
    card: run.simulated ? [] : buildCard(scenarios, run.cni.gaps),
    latency: run.simulated ? [] : buildLatency(scenarios),
    scenarios,
  };
}

/**
 * The exit code that a result asks for: 1 when the plugin did not enforce as expected (flaky too; not what is
 * known of it), 3 when that could not be found out or nothing passed, else 0. Usage errors (2) and interruptions (130) are the command line's.
 */
export function exitCodeOf({ summary }: Pick<RunResult, 'summary'>): 0 | 1 | 3 {
  if (summary.failed + summary.flaky > 0) return 1;
  return summary.inconclusive > 0 || summary.passed + summary.known === 0 ? 3 : 0;
}

function summarize(scenarios: readonly ScenarioResult[]): Summary {
  const cells = scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.cells));
  const count = (status: ResultStatus) =>
    scenarios.filter((scenario) => scenario.status === status && scenario.known === undefined).length;
  const skipped = scenarios.filter(({ status }) => status === 'skipped');
  const reasons = Map.groupBy(skipped, ({ reason }) => reason ?? 'no reason given');
  return {
    scenarios: scenarios.length,
    passed: count('passed'),
    failed: count('failed'),
    known: scenarios.filter(({ known }) => known !== undefined).length,
    flaky: count('flaky'),
    inconclusive: count('inconclusive'),
    skipped: skipped.length,
    skippedBy: Object.fromEntries([...reasons].map(([reason, members]) => [reason, members.length])),
    cells: cells.length,
    attempts: cells.reduce((sum, { attempts }) => sum + attempts, 0),
    settle_ms: spreadOf(cells.flatMap(({ settle_ms }) => settle_ms ?? [])),
    exposure_ms: spreadOf(cells.flatMap(({ exposure_ms }) => exposure_ms?.atMostMs ?? exposure_ms?.atLeastMs ?? [])),
  };
}
