import { splitName } from '../../../core/model/pod-name.ts';
import type { KubeletProbe } from '../../../core/scenario/kubelet-probes.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Cluster, KubeObject, PodRef } from '../../../ports/cluster.ts';
import type { Probe, ProbeEvent, ProbePod, ProbeSession } from '../../../ports/prober.ts';
import { KubeletView, kubeletContainer } from './kubelet-view.ts';
import { unhealthyWords } from './unhealthy.ts';

/** Limit of one look, in ms. */
const LOOK_TIMEOUT_MS = 5_000;

interface Watched {
  readonly ref: PodRef;
  readonly view: KubeletView;
}

/** What watching takes. */
export interface WatchContext {
  readonly cluster: Pick<Cluster, 'get' | 'list'>;
  readonly clock: Clock;
  readonly onEvent: (event: ProbeEvent) => void;
  readonly signal: AbortSignal;
}

/** Looks up the status of pods that kubelets probe, again and again; each look is an attempt of the pod's probes. */
export class KubeletWatch implements ProbeSession {
  readonly #context: WatchContext;
  readonly #ending = new AbortController();
  readonly #pods = new Map<string, Watched>();
  #scheduled = new AbortController();
  #looking: Promise<unknown> = Promise.resolve();

  constructor(context: WatchContext) {
    this.#context = context;
  }

  async attach(pods: readonly ProbePod[]): Promise<void> {
    for (const { name, ref } of pods) this.#pods.set(name, { ref, view: new KubeletView() });
  }

  async detach(names: readonly string[]): Promise<void> {
    for (const name of names) this.#pods.delete(name);
  }

  /** The pods of kubelets' probes tell nothing. */
  askHeartbeats(): void {}

  /** Nor this. */
  askHalfOpen(): void {}

  /** No kubelet dials on its own account. */
  async recall(): Promise<void> {}

  async schedule(probes: readonly Probe[]): Promise<void> {
    this.#scheduled.abort();
    this.#scheduled = new AbortController();
    const signal = AbortSignal.any([this.#context.signal, this.#ending.signal, this.#scheduled.signal]);
    const byPod = Map.groupBy(probes, ({ cell }) => cell.to);
    this.#looking = Promise.all([...byPod].map(([pod, own]) => this.#watch(pod, own, signal)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#looking;
  }

  async #watch(pod: string, probes: readonly Probe[], signal: AbortSignal): Promise<void> {
    const intervalMs = Math.min(...probes.map((probe) => probe.intervalMs));
    const goesOn = (): Promise<boolean> =>
      this.#context.clock.sleep(intervalMs, signal).then(
        () => true,
        () => false,
      );
    for (let on = !signal.aborted; on; on = await goesOn()) {
      const watched = this.#pods.get(pod);
      if (watched !== undefined) await this.#look(watched, probes, signal);
    }
  }

  async #look({ ref, view }: Watched, probes: readonly Probe[], signal: AbortSignal): Promise<void> {
    const { clock, cluster } = this.#context;
    const sentMs = clock.now();
    const options = { signal, timeoutMs: LOOK_TIMEOUT_MS };
    const found = await cluster.get({ apiVersion: 'v1', kind: 'Pod', ...ref }, options).catch(String);
    if (signal.aborted) return;
    const durationMs = clock.now() - sentMs;
    for (const { id, cell } of probes) {
      const finding = await this.#find(found, view, { ref, probe: splitName(cell.from).name as KubeletProbe, options });
      const attempt = { sentMs, errorMs: 0, durationMs, latenessMs: 0, ...finding };
      if (!signal.aborted) this.#context.onEvent({ kind: 'attempt', probe: id, attempt });
    }
  }

  /** A look that failed says nothing, nor does a pod that is not there. */
  async #find(
    found: KubeObject | undefined | string,
    view: KubeletView,
    { ref, probe, options }: { ref: PodRef; probe: KubeletProbe; options: { signal: AbortSignal; timeoutMs: number } },
  ) {
    if (typeof found !== 'object') return { outcome: 'inconclusive', detail: found ?? 'the pod is gone' } as const;
    const finding = view.look(found, probe);
    if (finding.outcome === 'open') return finding;
    const query = { apiVersion: 'v1', kind: 'Event', namespace: ref.namespace };
    const events = await this.#context.cluster.list(query, options).catch(() => []);
    const words = unhealthyWords(events, ref, kubeletContainer(probe));
    return words === undefined ? finding : { ...finding, detail: `${finding.detail}; ${words}` };
  }
}
