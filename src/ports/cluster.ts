import type { IpFamily } from '../core/model/protocol.ts';
import type { ExecResult, ExecStream } from './exec.ts';

/** A Kubernetes object as JSON, exactly as sent or received: never a typed client model (it renames fields). */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Names an object. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Selects objects of one kind; without `namespace` in all of them. `labelSelector` in the API's query syntax. */
export interface ListQuery {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
}

/** The two times of a change, in milliseconds on the run's clock: request sent, answer received. */
export interface ChangeTimes {
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** A pod, by its real names in the cluster. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly container?: string;
}

/** What a run knows of a node before it begins. */
export interface NodeFacts {
  readonly name: string;
  readonly ips: readonly string[];
  readonly ready: boolean;
  /** Nothing keeps ordinary pods away; absent where nobody asked. */
  readonly takesPods?: boolean;
  /** A control plane runs on it (API: label `node-role.kubernetes.io/control-plane`); absent where nobody asked. */
  readonly controlPlane?: boolean;
  /** What the node has for pods (API: `status.allocatable`); absent: not known. */
  readonly room?: { readonly pods: number; readonly cpus: number };
}

/** What a run records about its cluster. */
export interface ClusterInfo {
  /** `kind`, `kubeconfig`, `simulated`. */
  readonly provider: string;
  /** API server version, e.g. `v1.37.2`. */
  readonly kubernetes: string;
  readonly nodes: readonly NodeFacts[];
  readonly ipFamilies: readonly IpFamily[];
}

/** Bounds and cancels one call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Which part of a container's log. `previous`: of the container before it was restarted. */
interface LogBounds {
  readonly sinceSeconds?: number;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly previous?: boolean;
}

/**
 * The verbs that netproof needs of a Kubernetes cluster, whoever made it. Every method rejects with `ClusterError`
 * when the API server cannot be reached or refuses; the message holds the server's own words.
 */
export interface Cluster {
  info(options?: CallOptions): Promise<ClusterInfo>;
  /** Server-side apply with `fieldValidation=Strict` and `force=true`: the body is the object as given, nothing added. */
  apply(object: KubeObject, options?: CallOptions): Promise<ChangeTimes>;
  /** Background deletion; resolves also when the object was gone already. `graceSeconds` 0 kills pods at once. */
  delete(ref: ObjectRef, options?: CallOptions & { readonly graceSeconds?: number }): Promise<ChangeTimes>;
  /** JSON merge patch, e.g. for labels (`null` removes one). */
  patch(ref: ObjectRef, patch: unknown, options?: CallOptions): Promise<ChangeTimes>;
  get(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | undefined>;
  list(query: ListQuery, options?: CallOptions): Promise<readonly KubeObject[]>;
  /** Starts a command in a container. The promise settles when the stream is open. */
  exec(pod: PodRef, command: readonly string[], options?: CallOptions): Promise<ExecStream>;
  /** Runs a command to its end and collects what it prints (at most 1 MiB a stream). */
  run(
    pod: PodRef,
    command: readonly string[],
    options?: CallOptions & { readonly stdin?: string },
  ): Promise<ExecResult>;
  /** What a container printed; all of it, or as the bounds say. */
  logs(pod: PodRef, options: CallOptions & LogBounds): Promise<string>;
  /** Resolves with the pods once all are Ready with an address; on expiry rejects with the last state seen and the pods' events. */
  waitForPods(
    namespace: string,
    names: readonly string[],
    options: CallOptions & { readonly timeoutMs: number },
  ): Promise<readonly KubeObject[]>;
}
