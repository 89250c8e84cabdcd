import { DEFAULT_LIMITS } from '../core/judge/limits.ts';
import type { Span, StepRecord } from '../core/judge/record.ts';
import { trackSettling } from '../core/judge/settle.ts';
import type { PlannedStep } from '../core/scenario/planned-step.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { ChangeTimes } from '../ports/cluster.ts';
import type { ProbeSession } from '../ports/prober.ts';
import { backendsOf, type Endpoint } from './backends.ts';
import { catchUp } from './catch-up.ts';
import { applyChange } from './change.ts';
import { AGAIN_MS, heldProbesOf } from './held-connections.ts';
import type { Observation } from './observation.ts';
import { probesOf } from './probe-plan.ts';
import { readyMarks, readyThroughout } from './readiness.ts';
import { ATTEMPT_TIMEOUT_MS, demandOf, type Sampling, sampleStep, WGET_TIMEOUT_MS } from './sampling.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { Topology } from './topology.ts';
import { unreadyNodes, withoutNodes } from './unready-nodes.ts';

/** How often the engine looks whether all cells have settled, in ms. */
const LOOK_MS = 20;

/** A scenario whose pods stand and are attached. */
export interface LiveScenario extends ScenarioContext {
  readonly session: ProbeSession;
  readonly observation: Observation;
  readonly topology: Topology;
  readonly substitution: Substitution;
}

/**
 * Runs one step: probes from before its changes, applies them, waits until every cell that they change has settled or
 * its budget is over, holds, and resolves with the whole record. Judges nothing. `endpoints` are those after the step.
 */
export async function runStep(
  step: PlannedStep,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
  live: LiveScenario,
): Promise<StepRecord> {
  const { clock, signal, observation } = live;
  const sampling = sampleStep(step, live.share.take(demandOf(step)));
  const readyBefore = await readyMarks(live.scenario, live.names, live.cluster, signal);
  const fromMs = clock.now();
  observation.begin(step.cells);
  const probes = probesOf(step.cells, sampling, live.topology, endpoints, (cell) => observation.idOf(cell));
  const held = step.changes.length === 0 ? [] : heldProbesOf(live.scenario, probes);
  await live.session.schedule([...probes, ...held.map(({ keep }) => keep)]);
  await clock.sleep(sampling.leadMs, signal);

  const changes: ChangeTimes[] = [...(await applyChanges(step, live))];
  if (step.awaited === true) changes.push({ sentMs: fromMs, answeredMs: fromMs });

  await settle(step, changes, endpoints, live, readyBefore);
  const hold = await holdFor(sampling, live);
  await catchUp(hold.toMs, live);
  if (held.length > 0) {
    await live.session.schedule([...probes, ...held.map(({ again }) => again)]);
    await clock.sleep(AGAIN_MS, signal);
  }
  const [readyAfter, unready] = await Promise.all([
    readyMarks(live.scenario, live.names, live.cluster, signal),
    unreadyNodes(live.topology, live.cluster, signal),
  ]);
  const span = { fromMs, toMs: clock.now() };
  return {
    changes,
    series: step.awaited === true ? observation.series(fromMs) : observation.series(),
    agents: withoutNodes(observation.health(span.fromMs, span.toMs), unready, live.topology, span),
    backends: backendsOf(endpoints, readyThroughout(readyBefore, readyAfter), span),
    budgetMs: step.budgetMs,
    flapsAllowed: step.flapsAllowed,
    hold,
    ...(held.length > 0 && { connections: observation.held.take(held, fromMs) }),
  };
}

/** Makes a step's changes, one after the other or all at once; resolves with their times, in their order. */
async function applyChanges({ changes, together }: PlannedStep, live: LiveScenario): Promise<readonly ChangeTimes[]> {
  const { signal } = live;
  if (together === true) return Promise.all(changes.map((change) => applyChange(change, live, { signal })));
  const times: ChangeTimes[] = [];
  for (const change of changes) times.push(await applyChange(change, live, { signal }));
  return times;
}

async function settle(
  step: PlannedStep,
  changes: readonly ChangeTimes[],
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
  { clock, signal, observation }: LiveScenario,
  ready: ReadonlyMap<string, string>,
): Promise<void> {
  const always = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  const tracker = trackSettling(
    {
      changes,
      cells: step.cells,
      budgetMs: step.budgetMs,
      flapsAllowed: step.flapsAllowed,
      agents: observation.liveHealth(),
      backends: backendsOf(endpoints, new Set(ready.keys()), always),
    },
    DEFAULT_LIMITS,
  );
  observation.replay((index, attempt) => tracker.observe(index, attempt));
  // Who may answer is judged from the end of the budget on.
  const whole = step.cells.some(({ answerable }) => answerable !== undefined);
  while ((whole || tracker.pending > 0) && clock.now() < tracker.deadlineMs) await clock.sleep(LOOK_MS, signal);
}

/** Watches for the hold's length, then waits for what was sent in it; a wget that is closed takes 2 s. */
async function holdFor(sampling: Sampling, { clock, signal, observation }: LiveScenario): Promise<Span> {
  const fromMs = clock.now();
  await clock.sleep(sampling.holdMs, signal);
  const toMs = clock.now();
  await clock.sleep(ATTEMPT_TIMEOUT_MS + LOOK_MS, signal);
  while (clock.now() < toMs + WGET_TIMEOUT_MS && !observation.wgetsEnded(toMs)) await clock.sleep(LOOK_MS, signal);
  return { fromMs, toMs };
}
