import { expect } from 'chai';
import type { ScenarioResult, StepResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { CLOSING_STEP, endsByClosing } from '../engine/open-steps.ts';
import type { RunEvents } from '../ports/run-events.ts';
import { stepLines } from '../reporters/step-lines.ts';
import { currentRun } from './current-run.ts';

/** What the suite needs of a run under way: runs one scenario, tells its events, resolves with its result. */
interface ScenarioRunner {
  runScenario(scenario: Scenario, events: RunEvents): Promise<ScenarioResult>;
}

/** How long mocha gives a step, in ms: pods have to start, and the engine's own limits end before this one. */
const TIMEOUT_MS = 10 * 60_000;

/** How a suite gets its run, and how it shows what came of it. */
export interface SuiteOptions {
  /** Asked for when the first scenario begins, so that a hook may make it. Default: the run of `clusterHooks`. */
  readonly runner?: () => ScenarioRunner | Promise<ScenarioRunner>;
  /** Text of a step for people; default: its matrix and its failures, without colours. */
  readonly format?: (step: StepResult) => string;
  /** Gets each step's text inside its `it`; default: standard output. */
  readonly print?: (text: string) => void;
  /**
   * Whether scenarios further down begin when the first one does, in the run's lanes; default true. False for suites of
   * which mocha runs parts only (`--grep`): each then begins in its turn.
   */
  readonly ahead?: boolean;
}

/**
 * Declares a `describe` for each scenario and an `it` for each of its steps, and one for the whole of it. A step that
 * did not pass fails with its text; one that is known to fail, or whose scenario is skipped, is pending. Needs mocha (`describe` and the others as globals) and chai.
 */
export function describeScenarios(
  scenarios: readonly Scenario[],
  { runner = currentRun, format = stepText, print = printLine, ahead = true }: SuiteOptions = {},
): void {
  const begun = new Map<Scenario, Progress>();
  /** Gives the run this scenario and those after it: its lanes are ahead of the suite. */
  const begin = async (from: number): Promise<void> => {
    const run = await runner();
    const to = ahead ? scenarios.length : from + 1;
    for (const scenario of scenarios.slice(from, to)) {
      if (!begun.has(scenario)) begun.set(scenario, beginScenario(scenario, run));
    }
  };
  for (const [index, scenario] of scenarios.entries()) {
    describe(`${scenario.id}: ${scenario.title}`, function () {
      this.timeout(TIMEOUT_MS * (ahead ? scenarios.length : 1));

      before(() => begin(index));

      for (const name of stepNames(scenario)) {
        it(name, async function () {
          const progress = begun.get(scenario);
          const step = await decided(name, progress);
          if (step === undefined) this.skip();
          const text = format(step);
          print(text);
          if (step.status === 'failed' && (await progress?.result)?.known !== undefined) this.skip();
          expect(step.status, `\n${text}`).to.equal('passed');
        });
      }

      it('passes as a whole', async function () {
        const ended = await begun.get(scenario)?.result;
        if (ended?.status === 'skipped') print(`skipped: ${ended.reason}`);
        if (ended?.known !== undefined || ended?.status === 'skipped') this.skip();
        expect(ended?.status, ended?.reason ?? '').to.equal('passed');
      });
    });
  }
}

/** A scenario that a run was given. */
interface Progress {
  readonly steps: PendingSteps;
  readonly result: Promise<ScenarioResult>;
}

function beginScenario(scenario: Scenario, runner: ScenarioRunner): Progress {
  const steps = new Map(stepNames(scenario).map((name) => [name, Promise.withResolvers<StepResult | undefined>()]));
  const result = runner.runScenario(scenario, (event) => {
    if (event.kind === 'step-finished') steps.get(event.result.name)?.resolve(event.result);
  });
  const over = (): void => {
    for (const { resolve } of steps.values()) resolve(undefined);
  };
  result.then(over, over);
  return { steps, result };
}

/** Columns of a step's text: mocha indents it, and CI logs have no width of their own. */
const WIDTH = 118;

function stepText(step: StepResult): string {
  return stepLines(step, { width: WIDTH, colour: false }).join('\n');
}

function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/**
 * The step as it stands: one that passed stands at once, for any other the scenario's rerun is waited for. Undefined where
 * the scenario was skipped; rejects where it ended before the step.
 */
async function decided(name: string, progress: Progress | undefined): Promise<StepResult | undefined> {
  const step = await progress?.steps.get(name)?.promise;
  if (step?.status === 'passed') return step;
  const ended = await progress?.result;
  if (ended?.status === 'skipped') return undefined;
  const last = ended?.steps.find((each) => each.name === name) ?? step;
  if (last === undefined) throw new Error(ended?.reason ?? `the scenario ended ${ended?.status} before this step`);
  return last;
}

/** Each resolves with the step's result, or undefined when the scenario ends without it. */
type PendingSteps = ReadonlyMap<string, PromiseWithResolvers<StepResult | undefined>>;

function stepNames(scenario: Scenario): readonly string[] {
  const names = scenario.steps.map(({ name }) => name);
  return endsByClosing(scenario) ? [...names, CLOSING_STEP] : names;
}
