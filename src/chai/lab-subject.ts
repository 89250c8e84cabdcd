import { compile } from '../core/oracle/oracle.ts';
import { positionsIn } from '../core/scenario/manifests.ts';
import { initialState, stateAfter } from '../core/scenario/state.ts';
import { syntheticAddresses } from '../core/scenario/synthetic-addresses.ts';
import { currentRun } from '../mocha/current-run.ts';
import { type LabDefinition, type LabRunner, labScenario } from './lab.ts';
import { type Policies, policiesOf } from './policies.ts';

/** A lab's cluster as the subject of `expect`. */
export class LabCluster {
  readonly definition: LabDefinition;
  readonly runner: () => Promise<LabRunner>;

  constructor(definition: LabDefinition, runner: () => Promise<LabRunner>) {
    this.definition = definition;
    this.runner = runner;
  }
}

/** A pod of a lab as the subject of `expect`. */
export class LabPod {
  readonly name: string;
  readonly cluster: LabCluster;

  constructor(name: string, cluster: LabCluster) {
    this.name = name;
    this.cluster = cluster;
  }
}

/** What a test says `expect` of. */
export interface Lab {
  /** The whole of it, with its policies in force. */
  readonly cluster: LabCluster;
  /** A pod by its logical name, `x/client`. */
  readonly pod: (name: string) => LabPod;
  /** The policies alone: asked of the oracle, without a cluster. */
  readonly policies: Policies;
}

/** How a lab gets its run. */
export interface LabOptions {
  /** Default: the run of `clusterHooks` (`netproof/mocha`). */
  readonly runner?: () => LabRunner | Promise<LabRunner>;
}

/**
 * Pods and policies for assertions. Nothing happens until something is asserted of it. Throws `ScenarioError` with every
 * mistake in pods and policies.
 */
export function lab(definition: LabDefinition, { runner = currentRun }: LabOptions = {}): Lab {
  const cluster = new LabCluster(definition, async () => runner());
  return { cluster, pod: (name) => new LabPod(name, cluster), policies: policiesOfLab(definition) };
}

/** The policies with the lab's pods, at made-up addresses. */
function policiesOfLab(definition: LabDefinition): Policies {
  const scenario = labScenario(definition, { title: 'policies' });
  const addresses = syntheticAddresses(scenario, ['IPv4']);
  const state = scenario.steps
    .flatMap(({ changes }) => changes)
    .reduce((before, change) => stateAfter(before, change, addresses), initialState(scenario, addresses));
  return policiesOf(compile(state), positionsIn(scenario));
}
