import type { Surroundings } from '../core/judge/health.ts';
import { DEFAULT_LIMITS } from '../core/judge/limits.ts';
import type { RecordedChange, Span, StepRecord } from '../core/judge/record.ts';
import { trackSettling } from '../core/judge/settle.ts';
import { changeSpan, hasBudget, mayWaver } from '../core/judge/timeline.ts';
import { type Cell, cellName } from '../core/matrix/cell.ts';
import { firstInstantPods, isChurn } from '../core/scenario/churn.ts';
import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { Change, ScenarioPod } from '../core/scenario/scenario.ts';
import type { ChangeTimes } from '../ports/cluster.ts';
import type { Probe, ProbeSession } from '../ports/prober.ts';
import { backendsOf, type Endpoint } from './backends.ts';
import { catchUp } from './catch-up.ts';
import { applyChange } from './change.ts';
import { applyChurn } from './churn.ts';
import type { Dialling } from './dialling.ts';
import { closedToSyns, letsSynsIn } from './half-open.ts';
import {
  type AgentHeldProbes,
  diallingAgainEnds,
  type HeldProbes,
  heldFromFirstInstant,
  heldProbesOf,
} from './held-connections.ts';
import { holdFor } from './hold.ts';
import { inherited } from './inherited-connections.ts';
import type { Observation } from './observation.ts';
import { probesOf } from './probe-plan.ts';
import { type ReadyMarks, readyMarks, readyThroughout } from './readiness.ts';
import {
  ATTEMPT_TIMEOUT_MS,
  demandOf,
  quietDemandOf,
  type Sampling,
  sampleQuietly,
  sampleStep,
  WGET_TIMEOUT_MS,
} from './sampling.ts';
import type { ScenarioContext } from './scenario-context.ts';
import { type ServedPorts, withServed } from './served-ports.ts';
import type { PlacedPod, Topology } from './topology.ts';
import { unreadyNodes, withoutNodes } from './unready-nodes.ts';

/** Beyond the bound of an agent's clock error, in ms: a connection dialled then was surely dialled after the budget. */
const AGAIN_MARGIN_MS = 100;
/** How often the engine looks whether all cells have settled, in ms. */
const LOOK_MS = 20;
const ALWAYS = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

/** A scenario whose pods stand and are attached. */
export interface LiveScenario extends ScenarioContext {
  readonly session: ProbeSession;
  readonly observation: Observation;
  readonly topology: Topology;
  readonly substitution: Substitution;
  /** Addresses of the pods that steps have created so far. */
  readonly created: Map<ScenarioPod, readonly string[]>;
  /** The places of pods that steps have ended or removed, by name: new ones may take their addresses. */
  readonly left: Map<string, PlacedPod>;
}

/** A step that is to run, and what is known of its surroundings. */
export interface StepToRun {
  readonly step: PlannedStep;
  /** Plans it again once the addresses of pods that it created are known. */
  readonly replan: () => PlannedStep;
  /** Of Services, after the step. */
  readonly endpoints: ReadonlyMap<string, readonly Endpoint[]>;
  /** Cells that go with their pods in the step: connections of theirs are held until then. */
  readonly leaving: readonly PlannedCell[];
  /** When the hold of the step before ended: its cells have been watched quietly since. Undefined: there was none. */
  readonly quietSinceMs: number | undefined;
  /** Ports of pods without an agent that the baseline showed. Undefined: nothing is known of them. */
  readonly served?: ServedPorts | undefined;
}

/**
 * Runs one step: probes from before its changes, applies them, waits until every cell that they change has settled or
 * its budget is over, holds, and resolves with the whole record. Judges nothing. Leaves its cells watched quietly.
 */
export async function runStep(
  { step: planned, replan, endpoints, leaving, quietSinceMs, served }: StepToRun,
  live: LiveScenario,
): Promise<StepRecord> {
  let step = planned;
  let probed = step.cells.filter(({ fresh }) => fresh !== true);
  const { clock, signal, observation } = live;
  const marks = async (): Promise<ReadyMarks> =>
    endpoints.size === 0 && served === undefined
      ? new Map()
      : readyMarks(live.scenario, live.names, live.cluster, signal);
  const probesBy = (sampling: Pick<Sampling, 'intervalOf'>, more: readonly PlannedCell[] = []) =>
    probesOf([...probed, ...more], sampling, live.topology, endpoints, (cell) => observation.idOf(cell));
  const probe = (sampling: Pick<Sampling, 'intervalOf'>, connections: readonly Probe[] = []) =>
    live.session.schedule([...probesBy(sampling), ...connections]);
  const watched = () => sampleQuietly(step, live.share.take(quietDemandOf(step)));

  let readyBefore = await marks();
  const fromMs = (step.awaited === true ? undefined : quietSinceMs) ?? clock.now();
  observation.begin(step.cells, fromMs);
  const heldProbes = (): readonly AgentHeldProbes[] =>
    heldProbesOf(live.scenario, probesBy({ intervalOf: () => 0 }, leaving), closedThroughout(step));
  const held = step.changes.length === 0 ? [] : heldProbes();
  const keeps = held.map(({ keep }) => keep);
  /** Those of pods that are there: `absent` ones do not probe yet. */
  const kept = (absent: readonly string[] = []): readonly Probe[] =>
    keeps.filter(({ cell: { from } }) => live.topology.pods.has(from) && !absent.includes(from));
  // The hold of the step before has just ended. Connections that are to be held need the whole time to be there.
  if (step.awaited !== true && (quietSinceMs === undefined || held.length > 0)) {
    const quiet = watched();
    await probe(quiet, keeps);
    await clock.sleep(quiet.leadMs, signal);
  }
  const sampling = sampleStep(step, live.share.take(demandOf(step)));
  await probe(sampling, keeps);

  const begun = new Set<string>();
  const ahead: Dialling['ahead'] = async (pods, absent) => {
    const early = step.cells.filter((planned) => isDialledAhead(planned, pods, absent, live));
    observation.renew([...probed, ...early], begun);
    for (const { cell } of early) begun.add(cellName(cell));
    probed = [...probed, ...early];
    await probe(sampling, kept(absent));
  };
  const times = await applyChanges(step, live, ahead);
  const changes: RecordedChange[] = times.map((made, index) => withChurn(made, step.changes[index]));
  if (step.changes.some(isChurn)) {
    step = replan();
    probed = [...step.cells];
    observation.renew(step.cells, begun);
    readyBefore = await marks();
    await probe(sampling, kept());
  }
  if (step.awaited === true) changes.push({ sentMs: fromMs, answeredMs: fromMs });

  const surroundings = (): Surroundings => ({
    agents: withServed(observation.liveHealth(), served, readyBefore, ALWAYS),
    backends: backendsOf(endpoints, new Set(readyBefore.keys()), ALWAYS),
  });
  const settledMs = await settle(step, changes, surroundings(), live);
  const told = closedToSyns(step);
  const watch = (sinceMs: number) =>
    holdFor({ fromMs: sinceMs, holdMs: sampling.holdMs }, live, surroundings, () => live.session.askHalfOpen(told));
  let hold = await watch(settledMs);
  // Of SYNs is told only when the step seems over: whether they still come is judged by what follows the budget.
  if ((told.length > 0 && letsSynsIn(observation, hold)) || (step.closing === true && !allCameThrough(hold, live))) {
    await clock.sleep(Math.max(0, budgetEndMs(step, changes) - clock.now()), signal);
    hold = await watch(clock.now());
  }
  const sourcePortOf = (keep: Probe): number | undefined => observation.held.sourcePortOf(keep);
  const dialling = inherited(held, { changes: step.changes, topology: live.topology, sourcePortOf });
  const agains = dialling.flatMap(({ again }) => again ?? []);
  if (agains.length > 0) {
    const exchangedMs = hold.toMs + ATTEMPT_TIMEOUT_MS;
    const mayMs = Math.max(exchangedMs, mayDialAgainMs(step, changes, held));
    await clock.sleep(Math.max(0, mayMs - clock.now()), signal);
    await probe(sampling, agains);
    await diallingAgainEnds(dialling, hold.toMs, live);
  }
  await probe(watched());
  await restIsHeard(hold.toMs, live);
  const first = new Set(step.changes.flatMap(firstInstantPods));
  const firstProbes = first.size === 0 ? [] : probesBy(sampling).filter(({ cell }) => first.has(cell.from));
  const firstHeld = heldFromFirstInstant(live.scenario, firstProbes);
  if (first.size > 0) await live.session.recall([...firstProbes, ...firstHeld.map(({ keep }) => keep)]);
  const [readyAfter, unready] = await Promise.all([marks(), unreadyNodes(live.topology, live.cluster, signal)]);
  const span = { fromMs, toMs: clock.now() };
  return {
    changes,
    // What is sent later belongs to the next step: it is watched without knowing yet that its ports were bound.
    series: observation
      .series(step.awaited === true ? fromMs : undefined, hold.toMs)
      .map((series) => ({ ...series, intervalMs: sampling.intervalOf(series.planned) })),
    agents: withoutNodes(
      withServed(observation.health(span.fromMs, span.toMs), served, readyAfter, span),
      unready,
      live.topology,
      span,
    ),
    backends: backendsOf(endpoints, readyThroughout(readyBefore, readyAfter), span),
    budgetMs: step.budgetMs,
    flapsAllowed: step.flapsAllowed,
    hold,
    connections: observation.takeHeld([...dialling, ...firstHeld], fromMs),
  };
}

/** When a change was made, and whether pods came or went by it. */
function withChurn({ sentMs, answeredMs }: ChangeTimes, change: Change | undefined): RecordedChange {
  return { sentMs, answeredMs, ...(change !== undefined && isChurn(change) && { churn: true }) };
}

/** Whether a cell leads to one of these new pods, and from one that is there to dial it before. */
function isDialledAhead(
  { cell, fresh }: PlannedCell,
  pods: readonly string[],
  absent: readonly string[],
  { topology }: LiveScenario,
): boolean {
  const { from, to, method, path } = cell;
  const isThere = topology.pods.has(from) && !absent.includes(from);
  return fresh === true && method === 'agent' && path === 'pod-ip' && pods.includes(to) && isThere;
}

/** Makes a step's changes, one after the other or all at once; resolves with their times, in their order. */
async function applyChanges(
  step: PlannedStep,
  live: LiveScenario,
  ahead: Dialling['ahead'],
): Promise<readonly ChangeTimes[]> {
  const { changes, together } = step;
  const { signal } = live;
  const cells = step.cells.map(({ cell }) => cell);
  const make = (change: Change): Promise<ChangeTimes> =>
    isChurn(change) ? applyChurn(change, live, { cells, ahead }) : applyChange(change, live, { signal });
  if (together === true) return Promise.all(changes.map(make));
  const times: ChangeTimes[] = [];
  for (const change of changes) times.push(await make(change));
  return times;
}

/**
 * Waits until every cell has settled that the step changes, or its budget is over; resolves with when, in ms: of a closed cell
 * is known only when an attempt's limit is over, and its hold has begun by then.
 */
async function settle(
  step: PlannedStep,
  changes: readonly RecordedChange[],
  surroundings: Surroundings,
  { clock, signal, observation }: LiveScenario,
): Promise<number> {
  const tracker = trackSettling(
    {
      changes,
      cells: step.cells,
      budgetMs: step.budgetMs,
      flapsAllowed: step.flapsAllowed,
      ...surroundings,
    },
    DEFAULT_LIMITS,
  );
  observation.replay((index, attempt) => tracker.observe(index, attempt));
  // Who may answer is judged from the end of the budget on, and where cells may waver until then, whether they still do.
  const whole =
    step.cells.some(({ answerable, leaving }) => answerable !== undefined || leaving !== undefined) ||
    (step.awaited !== true && step.closing !== true && step.cells.some((cell) => isWatchedThrough(cell, step)));
  while ((whole || tracker.pending > 0) && clock.now() < tracker.deadlineMs) await clock.sleep(LOOK_MS, signal);
  return whole || tracker.pending > 0 ? clock.now() : (tracker.settledMs ?? clock.now());
}

/** When connections may be dialled again: after the budget, where one must not come about any more. ms. */
function mayDialAgainMs(step: PlannedStep, changes: readonly ChangeTimes[], held: readonly HeldProbes[]): number {
  const closed = new Set(step.cells.filter(({ expected }) => expected === 'closed').map(({ cell }) => cellName(cell)));
  const waits = held.some(({ keep: { cell } }) => cell.protocol === 'TCP' && closed.has(cellName(cell)));
  return waits && changes.length > 0 ? budgetEndMs(step, changes) + AGAIN_MARGIN_MS : 0;
}

/** When the budget is over of the cells that have all of it, ms; 0 where nothing changes. */
function budgetEndMs({ budgetMs }: PlannedStep, changes: readonly ChangeTimes[]): number {
  const change = changeSpan(changes);
  return change === undefined ? 0 : change.answeredMs + budgetMs;
}

/** Tells which cells are closed before the step, after it, and all the time between. */
function closedThroughout(step: PlannedStep): (cell: Cell) => boolean {
  const closed = step.cells.filter(
    (planned) => planned.before === 'closed' && planned.expected === 'closed' && !planned.fresh,
  );
  const names = new Set(closed.filter((planned) => !hasBudget(planned, step)).map(({ cell }) => cellName(cell)));
  return (cell) => names.has(cellName(cell));
}

/** Whether a cell has to be watched until its budget is over. */
function isWatchedThrough(cell: PlannedCell, step: PlannedStep): boolean {
  return cell.expected !== 'reported' && mayWaver(cell, step) && hasBudget(cell, step);
}

/** Whether every attempt of a hold came through. */
function allCameThrough({ fromMs, toMs }: Span, { observation }: LiveScenario): boolean {
  const series = observation.series(fromMs, toMs).filter(({ planned }) => planned.expected === 'open');
  return series.every(({ attempts }) => attempts.every(({ outcome }) => outcome === 'open'));
}

/** After a hold, which waits for what agents sent: waits for the wgets, of which a closed one takes 2 s, and for what is to be heard. */
async function restIsHeard(toMs: number, live: LiveScenario): Promise<void> {
  const { clock, signal, observation } = live;
  while (clock.now() < toMs + WGET_TIMEOUT_MS && !observation.wgetsEnded(toMs)) await clock.sleep(LOOK_MS, signal);
  await catchUp(toMs, live);
}
