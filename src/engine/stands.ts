import type { Scenario } from '../core/scenario/scenario.ts';
import { shapeOf } from '../core/scenario/shape.ts';
import type { RunEvents } from '../ports/run-events.ts';
import { removeNamespaces } from './cleanup.ts';
import { laneNames } from './lane-names.ts';
import type { Lane } from './lanes.ts';
import type { PodChanges } from './pod-changes.ts';
import type { ProbingLog } from './probing-log.ts';
import type { RetiredStands } from './retired-stands.ts';
import type { ScenarioContext } from './scenario-context.ts';
import { makeStand, type Stand } from './stand.ts';

/** What making and removing stands works with. */
export interface StandsContext extends Omit<ScenarioContext, 'scenario' | 'names' | 'events' | 'share'> {
  readonly runId: string;
  readonly podChanges: PodChanges;
  readonly retired: RetiredStands;
  readonly log: ProbingLog;
}

/** Makes the stands of a run, hands on those that lanes keep, and removes the others. */
export class Stands {
  readonly #context: StandsContext;
  #made = 0;

  constructor(context: StandsContext) {
    this.#context = context;
  }

  /** The stand that the lane keeps, if the scenario can use it, else a new one; the lane's is retired then. */
  async take(lane: Lane, scenario: Scenario, { fresh, events }: { fresh: boolean; events: RunEvents }): Promise<Stand> {
    const kept = lane.stand;
    lane.stand = undefined;
    if (kept !== undefined && !fresh && kept.shape === shapeOf(scenario)) return kept;
    if (kept !== undefined) await this.retire(kept);
    this.#made += 1;
    const names = laneNames(this.#context.runId, String(this.#made), scenario.realNames);
    return this.#context.podChanges.making(() => makeStand({ ...this.#context, scenario, names, events }));
  }

  /** Nobody uses the stand any more: it goes when that disturbs least, at the end of the run at the latest. */
  retire(stand: Stand): Promise<void> {
    return this.#context.retired.add(stand);
  }

  /** Removes a stand in which something went wrong, and settles when it is gone. */
  async discard(stand: Stand): Promise<void> {
    const { cluster, clock, runId, podChanges } = this.#context;
    await stand[Symbol.asyncDispose]();
    await podChanges.removing(async () => {
      await removeNamespaces(cluster, clock, { runId, names: stand.namespaces, wait: true });
    });
  }

  /** Removes what lanes keep and what was retired, and settles when it is gone. Never rejects. */
  async clear(lanes: readonly Lane[]): Promise<void> {
    const kept = lanes.flatMap(({ stand }) => stand ?? []);
    await Promise.all(kept.map((stand) => this.#context.retired.add(stand)));
    if (lanes.length > 0) await this.#context.retired.removeAll();
  }
}
