import { judgeStep } from '../core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../core/judge/limits.ts';
import type { StepRecord } from '../core/judge/record.ts';
import type { StepVerdict } from '../core/judge/verdict.ts';
import { cellName } from '../core/matrix/cell.ts';
import { fullName } from '../core/model/pod-name.ts';
import { isChurn } from '../core/scenario/churn.ts';
import { isDisruption } from '../core/scenario/disruption.ts';
import { familiesOf } from '../core/scenario/families.ts';
import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';
import { initialPodLabels, podLabelsAfter } from '../core/scenario/pod-labels.ts';
import { podRange } from '../core/scenario/pod-range.ts';
import { type Population, populationAfter } from '../core/scenario/population.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { Change, Scenario, ScenarioPod } from '../core/scenario/scenario.ts';
import { endpointsOf, withLeaving } from './backends.ts';
import { baselineStep, closingStep, deletionsOf } from './open-steps.ts';
import { readyMarks } from './readiness.ts';
import { type LiveScenario, runStep } from './run-step.ts';
import type { ScenarioContext } from './scenario-context.ts';
import { type ServedPorts, servedIn, silentPorts } from './served-ports.ts';
import type { Stand } from './stand.ts';
import { type StepPlanner, stepPlanner } from './step-planner.ts';

/** While a step holds longer than this, in ms, others may make their pods: its cells are watched long enough all the same. */
const LONG_HOLD_MS = 10_000;
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
export async function runScenario(
  context: ScenarioContext & Pick<LiveScenario, 'substitution'>,
  stand: Stand,
  onStep: OnStep,
): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const { scenario, substitution } = context;
  const ipFamilies = familiesOf(scenario, context.ipFamilies);
  // Takes no signal: what a step stopped has to run again, whatever ended the scenario.
  if (changesOf(scenario).some(isDisruption)) stack.defer(async () => void (await context.machinery.restore()));
  const { topology, session, observation } = stand;
  const created = new Map<ScenarioPod, readonly string[]>();
  const planned = stepPlanner(scenario, { addresses: substitution.addresses, ipFamilies, created });
  await runSteps(planned, { ...context, session, observation, topology, created, left: new Map() }, onStep);
}

function changesOf({ steps }: Scenario): readonly Change[] {
  return steps.flatMap(({ changes }) => changes);
}

/** What a scenario's logical names and placeholders stand for on a stand. */
export function substitutionOn(
  { topology, names }: Stand,
  { scenario, podCidrs }: Pick<ScenarioContext, 'scenario' | 'podCidrs'>,
): Substitution {
  const { namespaces, pods } = scenario;
  const inNetwork = pods.filter(({ hostNetwork }) => !hostNetwork).map(fullName);
  const podCidr = podRange(
    podCidrs,
    inNetwork.flatMap((name) => topology.pods.get(name)?.ips ?? []),
  );
  return {
    namespaces: new Map(namespaces.map(({ name }) => [name, names.namespace(name)])),
    addresses: {
      pods: new Map([...topology.pods].map(([name, { ips }]) => [name, ips])),
      ...(podCidr !== undefined && { podCidr }),
    },
  };
}

async function runSteps(planner: StepPlanner, live: LiveScenario, onStep: OnStep): Promise<void> {
  const { scenario } = live;
  let population: Population = scenario;
  let quietSinceMs: number | undefined;
  let served: ServedPorts | undefined;
  let labels = initialPodLabels(scenario);
  let endpointsBefore: ReturnType<typeof endpointsOf> = new Map();
  let cellsBefore: readonly PlannedCell[] = [];
  const run = async (asked: PlannedStep, askAgain: () => PlannedStep = () => asked): Promise<FinishedStep> => {
    labels = podLabelsAfter(labels, asked.changes);
    population = asked.changes.reduce(populationAfter, population);
    const cells = asked.cells.map(({ cell }) => cell);
    const endpoints = endpointsOf({ ...scenario, ...population }, labels, cells);
    const earlier = endpointsBefore;
    endpointsBefore = endpoints;
    const complete = (step: PlannedStep): PlannedStep =>
      live.settleTimes.watchedLongEnough({ ...step, cells: withLeaving(step.cells, earlier, endpoints) });
    const planned = complete(asked);
    const replan = () => complete(askAgain());
    const fromMs = live.clock.now();
    const leaving = goingWith(planned, cellsBefore);
    cellsBefore = planned.cells;
    const step = () => runStep({ step: planned, replan, endpoints, leaving, quietSinceMs, served }, live);
    const record = await (planned.holdMs > LONG_HOLD_MS ? step() : live.podChanges.stepping(step));
    quietSinceMs = record.hold.toMs;
    const alone = live.concurrency.aloneSince(fromMs);
    const verdict = judgeStep(record, DEFAULT_LIMITS);
    if (planned.awaited !== true) live.settleTimes.add(verdict.cells);
    return { planned, record, verdict, alone };
  };
  const begin = ({ name, cells }: PlannedStep) =>
    live.events({ kind: 'step-started', id: scenario.id, step: name, cells: cells.length });

  live.events({ kind: 'phase', id: scenario.id, phase: 'baseline' });
  const first = planner.baseline();
  let baseline = await run(baselineStep(first.cells));
  for (let again = 1; again < BASELINE_TRIES && baseline.verdict.status === 'inconclusive'; again += 1) {
    baseline = await run(baselineStep(first.cells));
  }
  const sent = baseline.record.series.flatMap(({ attempts }) => attempts.slice(0, 1).map(({ sentMs }) => sentMs));
  live.events({ kind: 'first-probe', sinceStartMs: Math.min(...sent) });
  if (baseline.verdict.status !== 'pass') return await onStep(baseline);
  const silent = silentPorts(scenario.pods);
  if (silent.size > 0) {
    const marks = await readyMarks(scenario, live.names, live.cluster, live.signal);
    served = servedIn(baseline.record, marks, silent);
  }
  let { verdict } = baseline;
  let last = first;
  for (const index of scenario.steps.keys()) {
    const held = verdict;
    const replan = () => afterVerdict(planner.step(index), held);
    last = replan();
    begin(last);
    const finished = await run(last, replan);
    verdict = finished.verdict;
    await onStep(finished);
  }
  const deletions = deletionsOf(changesOf(scenario));
  if (deletions.length === 0) return;
  const closing = afterVerdict(closingStep(last, deletions, population), verdict);
  begin(closing);
  await onStep(await run(closing));
}

/** The cells of the step before that there are no more after this one: its pods go. */
function goingWith({ cells, changes }: PlannedStep, before: readonly PlannedCell[]): readonly PlannedCell[] {
  if (!changes.some(isChurn)) return [];
  const staying = new Set(cells.map(({ cell }) => cellName(cell)));
  return before.filter(({ cell }) => !staying.has(cellName(cell)));
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
