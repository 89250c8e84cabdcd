import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadScenarios } from '../../adapters/files/load-scenarios.ts';
import { exitCodeOf } from '../../core/result/build-run.ts';
import { filesOf } from '../../core/scenario/manifests.ts';
import { plan } from '../../core/scenario/plan.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { runAll } from '../../engine/run-all.ts';
import type { ClusterProvider } from '../../ports/cluster-provider.ts';
import { formatError } from '../../reporters/error.ts';
import { writeJson } from '../../reporters/json.ts';
import { outputOn } from '../../reporters/output.ts';
import { progressFor } from '../../reporters/progress.ts';
import { terminalReporter } from '../../reporters/terminal.ts';
import { openSession, openSimulatedSession, type Session } from '../../session.ts';
import { collect } from '../collect.ts';
import { requireDistinct } from '../distinct-files.ts';
import { parseDuration } from '../duration.ts';
import { interruptSignal } from '../interrupt.ts';
import { addReportOptions, type ReportFiles, requireWritableReports, writeReports } from '../report-files.ts';
import { sayNote } from '../say-note.ts';
import { addUpOptions, type UpOptions, upCluster } from '../up-cluster.ts';

/** How long the removal of a cluster may take, in ms. */
const REMOVE_TIMEOUT_MS = 120_000;

interface RunVerbOptions extends UpOptions, ReportFiles {
  readonly tags?: readonly string[];
  readonly budget?: number;
  readonly hold?: number;
  readonly lanes?: number;
  readonly failFast?: boolean;
  readonly rerun: boolean;
  readonly seed?: number;
  readonly json?: string;
  readonly evidence?: string;
  readonly remove?: boolean;
  readonly allowDisruption?: boolean;
  readonly simulate?: boolean;
}

/** `netproof run`: gets a cluster, runs scenarios on it and says what they came to. */
export function runCommand(): Command {
  const command = new Command('run')
    .description('run scenarios on a cluster; by default all of scenarios/ on kind with Calico')
    .argument('[scenario...]', 'scenario files, folders or ids');
  return addReportOptions(addUpOptions(command))
    .option('--tags <tags>', 'only scenarios that have one of these tags, comma-separated', collect)
    .addOption(
      new Option('--budget <duration>', 'how long cells that a step changes may take').argParser(parseDuration),
    )
    .addOption(new Option('--hold <duration>', 'how long a step is watched after it settled').argParser(parseDuration))
    .addOption(
      new Option(
        '--lanes <number>',
        'how many scenarios run at once; by default what the cluster has room for',
      ).argParser(parseLanes),
    )
    .option('--fail-fast', 'begin no more after the first scenario that does not pass')
    .option('--no-rerun', 'do not run what fails once more alone: quicker, but what is flaky counts as failed')
    .addOption(
      new Option('--seed <number>', 'recorded in the result, decides what is drawn by chance').argParser(parseSeed),
    )
    .option('--json <file>', 'write the whole result to this file')
    .option(
      '--allow-disruption',
      'on a cluster that exists: let scenarios restart its plugin and its nodes (otherwise they are skipped)',
    )
    .option('--evidence <folder>', 'keep the evidence of steps that do not pass there (default: in the state folder)')
    .option('--remove', 'remove the cluster after the run, if netproof made it')
    .addOption(
      new Option(
        '--simulate',
        'run on the oracle instead of a cluster, to try scenarios: proves nothing of a plugin',
      ).conflicts(['provider', 'kubeconfig', 'context', 'cni', 'nodes', 'ipFamily', 'images', 'kubernetes', 'remove']),
    )
    .action(async (names: readonly string[], options: RunVerbOptions) => {
      process.exitCode = await run(names, options);
    });
}

function parseSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}

function parseLanes(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('expected a number from 1 to 99');
  return Number(text);
}

async function run(names: readonly string[], options: RunVerbOptions): Promise<number> {
  let note = (line: string): unknown => process.stderr.write(`${line}\n`);
  using interrupt = interruptSignal((line) => note(line));
  const { signal } = interrupt;
  const { tags } = options;
  const scenarios = loadScenarios(names, { ...(tags && { tags }), note: sayNote }).map((scenario) =>
    limited(scenario, options),
  );
  for (const scenario of scenarios) plan(scenario);
  const outputs = [options.json, options.html, options.markdown, options.junit];
  requireDistinct({ inputs: scenarios.flatMap(filesOf), outputs });
  await requireWritableReports(outputs);

  if (options.simulate === true) return await runOn(await openSimulatedSession(), scenarios, options, signal);
  const { ready, provider } = await bringUp(options, signal, (noting) => {
    note = noting;
  });
  try {
    return await runOn(
      await openSession(ready, {
        allowDisruption: options.allowDisruption === true,
        ...(options.evidence !== undefined && { evidence: resolve(options.evidence) }),
      }),
      scenarios,
      options,
      signal,
    );
  } finally {
    if (options.remove === true) await takeAway(provider);
  }
}

async function runOn(
  session: Session,
  scenarios: readonly Scenario[],
  options: RunVerbOptions,
  signal: AbortSignal,
): Promise<number> {
  const started = session.startRun({
    signal,
    failFast: options.failFast === true,
    rerun: options.rerun,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(options.lanes !== undefined && { lanes: options.lanes }),
  });
  const events = terminalReporter(outputOn(process.stdout));
  const result = await runAll(scenarios, started, events, { info: session.info, signal });
  const code = signal.aborted ? 130 : exitCodeOf(result);
  try {
    if (options.json !== undefined) await writeJson(options.json, result);
    await writeReports(options, result);
  } catch (error) {
    if (code === 0) throw error;
    process.stderr.write(`${formatError(error, { stream: process.stderr })}\n`);
  }
  return code;
}

/** Brings the cluster up. While its progress is drawn live, notes have to go through it: `through` is told how. */
async function bringUp(
  options: RunVerbOptions,
  signal: AbortSignal,
  through: (note: (line: string) => unknown) => void,
): ReturnType<typeof upCluster> {
  using progress = progressFor(process.stderr);
  through((line) => progress.note(line));
  try {
    return await upCluster(options, { progress, signal });
  } finally {
    through((line) => process.stderr.write(`${line}\n`));
  }
}

async function takeAway(provider: ClusterProvider): Promise<void> {
  using progress = progressFor(process.stderr);
  await provider.remove({ progress, signal: AbortSignal.timeout(REMOVE_TIMEOUT_MS) });
}

/** The scenario with the command line's budget and hold where its steps state none. */
function limited(scenario: Scenario, { budget, hold }: RunVerbOptions): Scenario {
  const steps = scenario.steps.map((step) => ({
    ...step,
    budgetMs: step.budgetMs ?? budget,
    holdMs: step.holdMs ?? hold,
  }));
  return { ...scenario, steps };
}
