import type { Outcome } from '../../core/matrix/outcome.ts';
import { splitName } from '../../core/model/pod-name.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PodRef } from '../../ports/cluster.ts';
import type { Probe, ProbeEvent, ProbePod, Prober } from '../../ports/prober.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import { type SimulatedNetwork, simulatedNetwork } from './simulated-network.ts';

/** Time between two heartbeats of a simulated agent, in ms. */
const HEARTBEAT_MS = 200;
/** The source port of connections that are held; nobody asks which of them has it. */
const HELD_PORT = 40_000;
/** How long a simulated answer takes, in ms. */
const ANSWER_MS = 1;

/** Probes a simulated cluster: by default every attempt comes to what the oracle says of the objects at that moment. */
export function simulatedProber(
  cluster: SimulatedCluster,
  clock: Clock,
  network: SimulatedNetwork = simulatedNetwork(cluster),
): Prober {
  const outcomeOf = (probe: Probe, from: PodRef | undefined): Outcome =>
    from === undefined ? 'inconclusive' : network(from, probe);
  const sourceOf = ({ cell }: Probe, refs: ReadonlyMap<string, PodRef>): PodRef | undefined =>
    cell.method === 'kubelet' ? splitName(cell.from) : refs.get(cell.from);
  return {
    async attach(pods, onEvent, { signal }) {
      const refs = new Map<string, PodRef>();
      const alive = new Map<string, AbortController>();
      const beating = new Set<string>();
      let stop = new AbortController();
      const begin = (more: readonly ProbePod[]): void => {
        for (const pod of more.filter(({ method }) => method !== 'kubelet')) {
          const ended = new AbortController();
          refs.set(pod.name, pod.ref);
          alive.set(pod.name, ended);
          if (pod.method !== 'agent') continue;
          beating.add(pod.name);
          void heartbeats(pod, onEvent, AbortSignal.any([signal, ended.signal]));
        }
      };
      const end = (names: Iterable<string>): void => {
        for (const name of names) {
          refs.delete(name);
          alive.get(name)?.abort();
        }
      };
      begin(pods);
      return {
        attach: async (more) => begin(more),
        detach: async (names) => end(names),
        askHeartbeats: () => {
          for (const pod of refs.keys()) if (beating.has(pod)) beat(pod, onEvent);
        },
        askHalfOpen: () => {},
        // A simulated pod is attached in the instant in which it is made.
        recall: async () => {},
        async schedule(probes) {
          stop.abort();
          stop = new AbortController();
          const until = AbortSignal.any([signal, stop.signal]);
          for (const probe of probes) void attempts(probe, onEvent, until);
        },
        async [Symbol.asyncDispose]() {
          stop.abort();
          end(alive.keys());
        },
      };

      async function attempts(probe: Probe, tell: (event: ProbeEvent) => void, until: AbortSignal): Promise<void> {
        // Attempts are due by the clock, not by the one before: a late one must not make the later ones fewer.
        for (
          let dueMs = clock.now() + probe.intervalMs;
          await goesOn(dueMs - clock.now(), until);
          dueMs += probe.intervalMs
        ) {
          const sentMs = clock.now();
          const outcome = outcomeOf(probe, sourceOf(probe, refs));
          tell({
            kind: 'attempt',
            probe: probe.id,
            attempt: {
              sentMs,
              errorMs: 0,
              durationMs: outcome === 'open' ? ANSWER_MS : probe.timeoutMs,
              outcome,
              latenessMs: 0,
              ...(probe.hold === 'keep' && { sourcePort: probe.sourcePort ?? HELD_PORT }),
              ...(outcome === 'refused' && { detail: 'ECONNREFUSED' }),
              ...(outcome === 'open' && probe.identities[0] !== undefined ? { answeredBy: probe.identities[0] } : {}),
            },
          });
        }
      }
    },
  };

  async function heartbeats({ name }: ProbePod, tell: (event: ProbeEvent) => void, until: AbortSignal): Promise<void> {
    while (await goesOn(HEARTBEAT_MS, until)) beat(name, tell);
  }

  /** Attempts are told in the moment in which they are sent. */
  function beat(pod: string, tell: (event: ProbeEvent) => void): void {
    tell({ kind: 'heartbeat', pod, atMs: clock.now(), latenessMs: 0, endedMs: clock.now(), bound: [] });
  }

  /** Waits; false when it was stopped. */
  async function goesOn(ms: number, until: AbortSignal): Promise<boolean> {
    return clock.sleep(ms, until).then(
      () => true,
      () => false,
    );
  }
}
