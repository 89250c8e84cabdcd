import type { Position } from '../diagnostics/position.ts';
import type { Path, ProbeMethod } from '../matrix/cell.ts';
import type { NetworkPolicy } from '../model/policy.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Labels } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import type { Churn } from './churn.ts';
import type { Disruption } from './disruption.ts';
import type { Expectation } from './expectation.ts';
import type { KubeletProbe } from './kubelet-probes.ts';
import type { Need } from './needs.ts';

/** A port that a scenario's pod serves; the name becomes the container port's name. */
export interface ServedPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly name?: string;
  /** Port of the pod's node that leads to it. */
  readonly hostPort?: number;
  /** What every datagram to it and from it has, and every answer over TCP, in bytes; absent: a line. */
  readonly payloadBytes?: number;
}

/** A node: pods with unlike numbers are on unlike nodes. */
export type NodeNumber = 1 | 2;

/** What a pod of a scenario runs: our agent (serves and probes), nothing, or an image of the scenario's choice. */
export type PodImage = 'agent' | 'idle' | (string & {});

/** How a pod ends that is not restarted: its process says that it did its work, or that it did not (API: `status.phase`). */
export type PodEnd = 'completed' | 'failed';

/** A container of a pod beside its first one. */
export interface ScenarioContainer {
  readonly name: string;
  /** A native sidecar: an init container that is restarted always, so that it is up before the others. */
  readonly sidecar: boolean;
  readonly ports: readonly ServedPort[];
}

/** A pod of a scenario. `namespace` is logical. */
export interface ScenarioPod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly image: PodImage;
  /** Ports of all its containers. */
  readonly ports: readonly ServedPort[];
  /** Containers beside the first one, which serves the ports that are in none of these. */
  readonly containers?: readonly ScenarioContainer[];
  /** It is put on the cluster's first or second node; without, anywhere. */
  readonly node?: NodeNumber;
  /** How long it goes on once it is to end, in seconds; without, it ends at once. */
  readonly lingersSeconds?: number;
  /** It can be ended, and is not restarted then. */
  readonly ends?: PodEnd;
  /** Of a pod that a step creates: its address is to be that of this pod, which ended or was removed before. */
  readonly takesAddressOf?: string;
  /** Agents dial that address from before the pod is there, so that its first instants are seen. */
  readonly dialledAhead?: boolean;
  /** It was removed, and still goes on. */
  readonly terminating?: boolean;
  /** How it probes, if it does: agents by `agent`, alpine pods by `wget`, others not at all. */
  readonly probes: ProbeMethod | undefined;
  /** An nginx pod then serves its identity as its page; without, its cells say "identity unverified". */
  readonly identityPage: boolean;
  /** An alpine pod, made by a step, whose first command serves its ports and dials what its cells say. */
  readonly firstInstant?: boolean;
  /** It never starts: no node has what it asks for, or, put on one (`node`), it waits there for a volume. It has no address, and no cells. */
  readonly pending?: boolean;
  /** It runs, and its readiness probe fails: it probes and is probed, and no Service leads to it. */
  readonly unready?: boolean;
  /** It shares its node's network: address and ports are the node's. */
  readonly hostNetwork?: boolean;
  /** How its node's kubelet asks it whether it is ready and alive; absent: it does not. */
  readonly kubeletProbes?: readonly KubeletProbe[];
}

/** A host outside the pod network that runs our agent. Patterns and policies know it as `outside/NAME`. */
export interface OutsideHost {
  readonly name: string;
  readonly ports: readonly ServedPort[];
}

/** Namespace part of the names of hosts outside the pod network. No namespace of a scenario with such hosts has it. */
export const OUTSIDE = 'outside';

/** A host's name with its namespace part: `outside/client`. */
export function hostName({ name }: Pick<OutsideHost, 'name'>): string {
  return `${OUTSIDE}/${name}`;
}

/** A Service of a scenario. `namespace` is logical; it selects a pod at least before the first step. */
export type ScenarioService = Omit<Service, 'clusterIPs'> & {
  /** Without an address of its own: its name stands for the pods behind it, so that only `dns` cells reach it. */
  readonly headless?: boolean;
};

/** Whether a Service has a NodePort besides its ClusterIP: one that says how traffic from outside is led. */
export function hasNodePort({ externalTrafficPolicy }: Pick<Service, 'externalTrafficPolicy'>): boolean {
  return externalTrafficPolicy !== undefined;
}

/** A namespace of a scenario; the real one gets a name of the run's own and these labels. */
export interface ScenarioNamespace {
  readonly name: string;
  readonly labels: Labels;
}

/**
 * Where the real name of a namespace has what makes it the run's own: before the scenario's name or after it. The other part is
 * then the scenario's choice: with `run-last` `NAME-POD` and `POD-NAME` of two pods can be one.
 */
export type RealNames = 'run-first' | 'run-last';

/** One field value of a YAML tree, as parsed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A manifest as the file states it (minus `status`), with where it stands. Sent to the API server as this tree. */
export interface ScenarioManifest {
  readonly kind: string;
  readonly name: string;
  /** Logical namespace; the scenario's first where the manifest names none. */
  readonly namespace: string;
  readonly tree: { readonly [key: string]: Json };
  readonly position: Position;
  /** The file's text of this document, for reports. */
  readonly text: string;
  /** Present for a NetworkPolicy: as stated, in its logical namespace, placeholders not yet filled. */
  readonly policy?: NetworkPolicy;
  /** Where each part of the manifest stands, by its path as `formatPath` prints it. */
  readonly positions?: ReadonlyMap<string, Position>;
  /** For each line of `text` the line of the file that it stands for, null where that is not known. */
  readonly fileLines?: readonly (number | null)[];
}

/** One change of a step. Names are logical. */
export type Change =
  | { readonly kind: 'apply'; readonly manifest: ScenarioManifest }
  | { readonly kind: 'delete'; readonly policy: { readonly namespace: string; readonly name: string } }
  | { readonly kind: 'label-pod'; readonly pod: string; readonly labels: Readonly<Record<string, string | null>> }
  | {
      readonly kind: 'label-namespace';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string | null>>;
    }
  | Disruption
  | Churn;

/** A change that keeps the pods that there are. */
export type StandingChange = Exclude<Change, Churn>;

/** A step: what changes, and what must hold then. */
export interface Step {
  readonly name: string;
  readonly changes: readonly Change[];
  /** All changes are requested at once, none waits for the answer of another. */
  readonly together?: boolean;
  /** Written expectation; absent: the oracle alone says. */
  readonly expect: Expectation | undefined;
  /** How long cells that this step changes may take, in ms; default 5000. */
  readonly budgetMs: number | undefined;
  /** How long everything is watched after it settled, in ms; default 1000. */
  readonly holdMs: number | undefined;
  /** Several objects change: cells may flap inside the budget. */
  readonly flapsAllowed: boolean;
  /** Where the step stands in its file. */
  readonly position?: Position;
}

/** A scenario as a value: what the file says, checked, with defaults in place. */
export interface Scenario {
  /** Path below the scenario folder without ending: `article/banning-all-traffic`. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** Link to where the case comes from. */
  readonly origin: string | undefined;
  readonly tags: readonly string[];
  /** What a cluster has to have, beyond what pods and steps imply: without, the scenario is skipped. */
  readonly needs?: readonly Need[];
  /** Ids of bugs that plugins really had and that the scenario shows (docs/bugs.md). */
  readonly catches?: readonly string[];
  readonly namespaces: readonly ScenarioNamespace[];
  readonly pods: readonly ScenarioPod[];
  readonly services: readonly ScenarioService[];
  /** Patterns of the cells that are probed, with where they stand; absent: all. */
  readonly cells?: readonly { readonly pattern: string; readonly position: Position }[];
  /** Patterns of cells from a pod to itself, directly or through a Service that it backs, that are probed too. */
  readonly self?: readonly { readonly pattern: string; readonly position: Position }[];
  /** Patterns of the cells of which one connection is held open through each step; with `sourcePort` where they are closed. */
  readonly connections?: readonly {
    readonly pattern: string;
    readonly position: Position;
    readonly sourcePort?: number;
  }[];
  readonly outside?: readonly OutsideHost[];
  /** Paths that agents probe; `wget` pods use `wgetPath`. */
  readonly paths: readonly Path[];
  /** How the literal wget addresses a Service: by its name, or by its ClusterIP where DNS is closed on purpose. */
  readonly wgetPath: readonly ('dns' | 'cluster-ip')[];
  readonly steps: readonly Step[];
  /** How its namespaces are really called; default `run-first`. */
  readonly realNames?: RealNames;
  /** Touches what the whole cluster shares (nodes, the plugin's agents, cluster-scoped objects): runs alone, last. */
  readonly exclusive?: boolean;
  /** What the loader changed or left out, e.g. "status left out of example.yaml:3". */
  readonly notes: readonly string[];
}
