import { judgeStep } from '../core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../core/judge/limits.ts';
import type { StepRecord } from '../core/judge/record.ts';
import type { StepVerdict } from '../core/judge/verdict.ts';
import { cellName } from '../core/matrix/cell.ts';
import { isDisruption } from '../core/scenario/disruption.ts';
import { plan } from '../core/scenario/plan.ts';
import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';
import { initialPodLabels, podLabelsAfter } from '../core/scenario/pod-labels.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { Change, Scenario } from '../core/scenario/scenario.ts';
import { endpointsOf } from './backends.ts';
import { baselineStep, closingStep, deletionsOf } from './open-steps.ts';
import { type LiveScenario, runStep } from './run-step.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { Stand } from './stand.ts';

/** How often a baseline is tried that is neither open nor closed: a busy machine may keep agents from probing in time. */
const BASELINE_TRIES = 3;

/** A step that ran: what was planned, what was seen, and what that means. */
interface FinishedStep {
  readonly planned: PlannedStep;
  readonly record: StepRecord;
  readonly verdict: StepVerdict;
  /** Nothing else went on in the run meanwhile. */
  readonly alone: boolean;
}

/** Hears of a step as soon as it is judged; the scenario goes on when it has settled. */
export type OnStep = (step: FinishedStep) => Promise<void>;

/**
 * Runs a scenario on a stand: the open baseline, its steps, the deletion of what is left. A baseline that is not open
 * ends it: its verdict is then the only one. Rejects with a NetproofError where something could not be found out.
 */
export async function runScenario(context: ScenarioContext, stand: Stand, onStep: OnStep): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { scenario, ipFamilies } = context;
  // Takes no signal: what a step stopped has to run again, whatever ended the scenario.
  if (changesOf(scenario).some(isDisruption)) stack.defer(async () => void (await context.machinery.restore()));
  const { topology, session, observation } = stand;
  const substitution = substitutionOn(stand, scenario);
  const steps = plan(scenario, { addresses: substitution.addresses.pods, ipFamilies });
  await runSteps(steps, { ...context, session, observation, topology, substitution }, onStep);
}

function changesOf({ steps }: Scenario): readonly Change[] {
  return steps.flatMap(({ changes }) => changes);
}

/** What a scenario's logical names and placeholders stand for on a stand. */
export function substitutionOn({ topology, names }: Stand, { namespaces }: Scenario): Substitution {
  return {
    namespaces: new Map(namespaces.map(({ name }) => [name, names.namespace(name)])),
    addresses: { pods: new Map([...topology.pods].map(([name, { ips }]) => [name, ips])) },
  };
}

async function runSteps(steps: readonly PlannedStep[], live: LiveScenario, onStep: OnStep): Promise<void> {
  const [first] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return;
  let labels = initialPodLabels(live.scenario);
  let quietSinceMs: number | undefined;
  const run = async (planned: PlannedStep): Promise<FinishedStep> => {
    labels = podLabelsAfter(labels, planned.changes);
    const endpoints = endpointsOf(
      live.scenario,
      labels,
      planned.cells.map(({ cell }) => cell),
    );
    const fromMs = live.clock.now();
    const record = await runStep({ step: planned, endpoints, quietSinceMs }, live);
    quietSinceMs = record.hold.toMs;
    const alone = live.concurrency.aloneSince(fromMs);
    return { planned, record, verdict: judgeStep(record, DEFAULT_LIMITS), alone };
  };

  live.events({ kind: 'phase', id: live.scenario.id, phase: 'baseline' });
  let baseline = await run(baselineStep(first.cells));
  for (let again = 1; again < BASELINE_TRIES && baseline.verdict.status === 'inconclusive'; again += 1) {
    baseline = await run(baselineStep(first.cells));
  }
  const sent = baseline.record.series.flatMap(({ attempts }) => attempts.slice(0, 1).map(({ sentMs }) => sentMs));
  live.events({ kind: 'first-probe', sinceStartMs: Math.min(...sent) });
  if (baseline.verdict.status !== 'pass') return await onStep(baseline);
  const deletions = deletionsOf(steps.flatMap(({ changes }) => changes));
  let verdict = baseline.verdict;
  for (const planned of deletions.length > 0 ? [...steps, closingStep(last, deletions)] : steps) {
    live.events({ kind: 'step-started', id: live.scenario.id, step: planned.name, cells: planned.cells.length });
    const finished = await run(afterVerdict(planned, verdict));
    verdict = finished.verdict;
    await onStep(finished);
  }
}

/**
 * A step whose cells are not held to what the step before failed to reach: that was said once. Of cells that did not
 * pass there nothing is known to hold, so they have this step's budget.
 */
function afterVerdict(step: PlannedStep, { cells }: StepVerdict): PlannedStep {
  const open = new Set(cells.filter(({ status }) => status !== 'pass').map(({ cell }) => cellName(cell)));
  const released = (planned: PlannedCell): PlannedCell =>
    open.has(cellName(planned.cell)) ? { ...planned, before: 'reported' } : planned;
  return { ...step, cells: step.cells.map(released) };
}
