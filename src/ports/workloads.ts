import type { PodEnd, ScenarioPod } from '../core/scenario/scenario.ts';
import type { KubeObject } from './cluster.ts';

/** An address that a pod dials from its first instant on. */
export interface FirstDial {
  readonly host: string;
  readonly port: number;
  /** Besides, one connection is opened at once and spoken on from then. */
  readonly hold?: true;
}

/** Turns a scenario's pods into objects for the API server; knows images and the agent. */
export interface Workloads {
  /**
   * The pod, and what it mounts; `namespace` is the real one. The pod carries the scenario's labels and no others, what
   * it mounts carries `labels`.
   */
  podObjects(
    pod: ScenarioPod,
    placement: {
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
      /** Node that the pod is put on; without, the scheduler decides. */
      readonly node?: string;
      /** Node that the scheduler is asked to take where it can; not used beside `node`. */
      readonly preferredNode?: string;
      /** What the pod dials from its first instant on, where the scenario asks for that. */
      readonly dials?: readonly FirstDial[];
      /** What the network plugin is told of the pod. */
      readonly annotations?: Readonly<Record<string, string>>;
    },
  ): readonly KubeObject[];
  /** What an exec runs in an agent pod's container to end it. */
  endCommand(how: PodEnd): readonly string[];
}
