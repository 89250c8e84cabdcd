import { shapeOf } from '../core/scenario/shape.ts';
import type { ProbeEvent, ProbeSession } from '../ports/prober.ts';
import { removeNamespaces } from './cleanup.ts';
import type { LaneNames } from './lane-names.ts';
import { Observation } from './observation.ts';
import type { ProbingLog } from './probing-log.ts';
import { probingPods } from './probing-pods.ts';
import { createNamespaces, createPods } from './provision.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { Topology } from './topology.ts';

/** Namespaces, pods and Services that stand, with their agents attached: what a scenario runs in. Disposing detaches. */
export interface Stand extends AsyncDisposable {
  /** Scenarios of this shape can run in it. */
  readonly shape: string;
  readonly names: LaneNames;
  readonly topology: Topology;
  readonly session: ProbeSession;
  readonly observation: Observation;
  /** Its real namespaces. */
  readonly namespaces: readonly string[];
}

/** What making a stand takes. */
interface StandContext extends Omit<ScenarioContext, 'share'> {
  /** Hears of every attempt of the run. */
  readonly log: ProbingLog;
}

/**
 * Makes what a scenario needs and attaches to its pods. Rejects when something does not come up, after everything was
 * removed again.
 */
export async function makeStand(context: StandContext): Promise<Stand> {
  const { scenario, names, clock, signal } = context;
  const onPhase = (phase: string) => context.events({ kind: 'phase', id: scenario.id, phase });
  const provision = { ...context, onPhase, sleep: (ms: number) => clock.sleep(ms, signal) };
  const namespaces = scenario.namespaces.map(({ name }) => names.namespace(name));
  try {
    await createNamespaces(scenario, provision);
    const topology = await createPods(scenario, provision);
    onPhase('agents');
    const observation = new Observation();
    const onEvent = (event: ProbeEvent): void => {
      observation.onEvent(event);
      context.log.onEvent(event);
    };
    const session = await context.prober.attach(probingPods(scenario, topology), onEvent, { signal });
    const shape = shapeOf(scenario);
    const detach = () => session[Symbol.asyncDispose]();
    return { shape, names, topology, session, observation, namespaces, [Symbol.asyncDispose]: detach };
  } catch (error) {
    onPhase('clean-up');
    const removal = removeNamespaces(context.cluster, clock, { runId: names.runId, names: namespaces, wait: true });
    // The end of the run tries again.
    await removal.catch(() => {});
    throw error;
  }
}
