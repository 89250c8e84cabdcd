import { buildRun } from '../core/result/build-run.ts';
import { deservesRerun, isOwnTrouble, mergeRerun } from '../core/result/build-scenario.ts';
import { withKnown } from '../core/result/known.ts';
import type { RunResult, ScenarioResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { shapeOf } from '../core/scenario/shape.ts';
import type { RunEvents } from '../ports/run-events.ts';
import { removeNamespaces } from './cleanup.ts';
import { Concurrency } from './concurrency.ts';
import { runsInFreshPods } from './fresh-sample.ts';
import { type Lane, Lanes } from './lanes.ts';
import { LostCluster } from './lost-cluster.ts';
import { Pace } from './pace.ts';
import { pinnableNodes } from './pinned-nodes.ts';
import { PodChanges } from './pod-changes.ts';
import { probingFacts } from './probing-facts.ts';
import { ProbingLog } from './probing-log.ts';
import { RetiredStands } from './retired-stands.ts';
import { type RunContext, runFacts } from './run-context.ts';
import { SettleTimes } from './settle-times.ts';
import { Stands } from './stands.ts';
import { type TryContext, tryScenario } from './try-scenario.ts';

/** In a run of so many scenarios the first one runs with one lane to its end: its latencies are the plugin's alone. */
const LONG_RUN = 50;
/** How often a scenario runs again alone while trouble of our own, such as late agents, keeps it from any verdict. */
const RERUNS = 3;
/** Pods that may stand unused before they are removed in one go. */
const UNUSED_PODS = 24;

/** After so many scenarios in a row without trouble of our own, a step back from fewer lanes and a lower rate is undone. */
const CALM = 5;

/** Why a scenario did not run: the run stopped after one that did not pass, lost its cluster, or ended. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

/** A run under way. `finish` has to be called, also after an interruption: it waits for clean-up. */
export interface Run {
  readonly id: string;
  /**
   * Runs a scenario, once more alone if it fails (while trouble of our own keeps it from a verdict at once in its pods,
   * then alone, a few times), and resolves with its result. Those that are given at once run in lanes, as many at a time
   * as the run has. Rejects when the run was aborted, and with `NotRun`.
   */
  runScenario(scenario: Scenario, events: RunEvents): Promise<ScenarioResult>;
  /** Ends what still runs, waits until everything that the run made is gone, and resolves with the results there are. */
  finish(events: RunEvents): Promise<RunResult>;
}

/** Begins a run on a cluster. */
export function startRun(context: RunContext): Run {
  const { clock, known = [], failFast = false, rerun: isRerun = true, lanes: laneCount = 1 } = context;
  const startedMs = clock.now();
  const ending = new AbortController();
  const signal = AbortSignal.any([context.signal, ending.signal]);
  const concurrency = new Concurrency(() => clock.now());
  const podChanges = new PodChanges((ms) => clock.sleep(ms, signal).catch(() => {}));
  const { podCidrs = [] } = context;
  const { ipFamilies } = context.info;
  const nodes = pinnableNodes(context.info);
  const settleTimes = new SettleTimes();
  const shared = {
    ...context,
    signal,
    ipFamilies,
    podCidrs,
    nodes,
    concurrency,
    podChanges,
    settleTimes,
    runId: context.id,
  };
  const log = new ProbingLog();
  const stands = new Stands({ ...shared, log, retired: new RetiredStands({ ...shared, unusedPods: UNUSED_PODS }) });
  const lanes = new Lanes((kept) => stands.clear(kept));
  const pace = new Pace(shared);
  const trouble = new LostCluster({ ...shared, giveUp: () => lanes.refuseWaiting(new NotRun()) });
  const join: TryContext['join'] = async (stand, scenario) => {
    const share = await pace.join(stand, scenario);
    if (given < LONG_RUN) lanes.open(laneCount);
    return share;
  };
  let calm = 0;
  const adapt = (isTrouble: boolean): void => {
    calm = isTrouble ? 0 : calm + 1;
    if (isTrouble) {
      lanes.narrow();
      pace.slow();
    } else if (calm % CALM === 0) {
      lanes.widen();
      pace.recover();
    }
    lanes.open(laneCount);
  };
  signal.addEventListener('abort', () => lanes.refuseWaiting(signal.reason), { once: true });

  const results = new Map<number, ScenarioResult>();
  let given = 0;

  return {
    id: context.id,
    async runScenario(scenario, events) {
      signal.throwIfAborted();
      given += 1;
      if (trouble.lost) throw new NotRun();
      const index = given;
      const { id, title, notes } = scenario;
      const shape = shapeOf(scenario);
      const fresh = runsInFreshPods(id, context.seed);
      const exclusive = scenario.exclusive === true;
      const tryIn = (lane: Lane, how: { fresh: boolean; alone: boolean }) =>
        tryScenario({ scenario, events, lane, ...how }, { ...shared, stands, join, trouble });

      /** One more try; undefined where the abort ended it before it found out more. */
      const tryAgain = (lane: Lane, how: { fresh: boolean; alone: boolean }): Promise<ScenarioResult | undefined> =>
        tryIn(lane, how).catch((error: unknown) => {
          if (!signal.aborted) throw error;
          return undefined;
        });

      const { promise, resolve, reject } = Promise.withResolvers<ScenarioResult>();
      const end = (judged: ScenarioResult): void => {
        const result = withKnown(judged, known, context.cni);
        results.set(index, result);
        events({ kind: 'scenario-finished', result });
        resolve(result);
      };
      const runAgain = async (lane: Lane, first: ScenarioResult): Promise<void> => {
        let rerun: ScenarioResult | undefined;
        let tries = 0;
        do {
          events({ kind: 'phase', id, phase: 'rerun' });
          rerun = await tryAgain(lane, { fresh: true, alone: true });
          tries += 1;
        } while (rerun !== undefined && isOwnTrouble(rerun) && tries < RERUNS && !trouble.lost);
        end(rerun === undefined ? first : mergeRerun(first, rerun));
      };
      const run = async (lane: Lane): Promise<void> => {
        events({ kind: 'scenario-started', id, title, index, total: given, notes });
        let first = await tryIn(lane, { fresh, alone: exclusive });
        adapt(isOwnTrouble(first));
        // What makes agents late passes, and the pods stand: that is tried before a turn alone, with new ones.
        if (isOwnTrouble(first) && lane.stand !== undefined) {
          events({ kind: 'phase', id, phase: 'repeat' });
          first = (await tryAgain(lane, { fresh: false, alone: false })) ?? first;
          adapt(isOwnTrouble(first));
        }
        const { status, known: listed } = withKnown(first, known, context.cni);
        const stops = status !== 'passed' && status !== 'skipped' && listed === undefined;
        if (failFast && stops) lanes.refuseWaiting(new NotRun());
        const isOver = signal.aborted || trouble.lost;
        if (isOver || !deservesRerun(first) || (!isRerun && first.status === 'failed')) return end(first);
        events({ kind: 'phase', id, phase: 'set aside' });
        lanes.add({
          shape,
          fresh: true,
          alone: true,
          run: (alone) => runAgain(alone, first).catch(reject),
          refuse: () => end(first),
        });
      };
      lanes.add({ shape, fresh, alone: exclusive, run: (lane) => run(lane).catch(reject), refuse: reject });
      return promise;
    },
    async finish(events) {
      ending.abort(new NotRun('the run ended'));
      await lanes.idle();
      for (const message of await cleanUp(context)) {
        events({ kind: 'warning', code: 'clean-up-incomplete', message, hint: 'run "netproof clean" later' });
      }
      const ran = [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
      const facts = { ...runFacts(context, startedMs), unfinished: given - ran.length };
      const result = buildRun({ ...facts, probing: probingFacts(lanes, pace, log) }, ran);
      events({ kind: 'run-finished', result });
      return result;
    },
  };
}

/** Removes what the run made, each kind whatever became of the other; resolves with what is left or was not found out. */
async function cleanUp({ outside, cluster, clock, id: runId }: RunContext): Promise<readonly string[]> {
  const [hosts, namespaces] = await Promise.allSettled([
    outside.remove({ runId }),
    removeNamespaces(cluster, clock, { runId, wait: true }),
  ]);
  const failed = [hosts, namespaces].flatMap((ended) => (ended.status === 'rejected' ? [messageOf(ended.reason)] : []));
  const remaining = namespaces.status === 'fulfilled' ? namespaces.value.remaining : [];
  return remaining.length > 0 ? [...failed, `still being deleted: ${remaining.join(', ')}`] : failed;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
