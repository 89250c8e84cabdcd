import { ProbeError } from '../../../core/diagnostics/errors.ts';
import type { Probe } from '../../../ports/prober.ts';
import { keepStream } from '../kept-stream.ts';
import type { LinkOptions, PodLink } from '../pod-link.ts';
import { openReadyStream } from '../ready-stream.ts';
import { Alignment } from './alignment.ts';
import { Conversation } from './conversation.ts';
import { JournalReader } from './journal-reader.ts';
import { attachCommand } from './program.ts';
import type { WireProbe } from './wire.ts';

/** Heartbeats come twice a second: a stream that is silent for so long is dead although nobody said so. */
const SILENT_MS = 5000;
const LAST_WORDS_MS = 1000;

function wireProbe(probe: Probe): WireProbe {
  const { id, cell, host, intervalMs, timeoutMs, payloadBytes, hold, sourcePort } = probe;
  return {
    id,
    host,
    port: probe.port ?? cell.port,
    protocol: cell.protocol,
    family: cell.family,
    intervalMs,
    timeoutMs,
    ...(payloadBytes !== undefined && { payloadBytes }),
    ...(hold !== undefined && { hold }),
    ...(sourcePort !== undefined && { sourcePort }),
  };
}

/** Attaches to the agent of a pod. Rejects with `ProbeError` when it cannot be reached. */
export async function openAgentLink({ cluster, clock, pod, onEvent, signal }: LinkOptions): Promise<PodLink> {
  const closing = new AbortController();
  const alignment = new Alignment();
  const reader = new JournalReader({ pod: pod.name, alignment, onEvent });
  const conversation = new Conversation({ pod: pod.name, clock, alignment, reader });
  const ending = AbortSignal.any([signal, closing.signal]);

  const kept = await keepStream({
    clock,
    signal: ending,
    open: () =>
      openReadyStream({
        cluster,
        pod: pod.ref,
        command: attachCommand,
        onLine: (line) => conversation.hear(line),
        signal: ending,
        ready: (stream) => conversation.open((command) => stream.say(JSON.stringify(command))),
      }),
    isFinal: () => conversation.refusal !== undefined,
    check: (stream) => {
      if (clock.now() - conversation.heardMs > SILENT_MS) stream.close();
      else conversation.askTime();
    },
    onLost: (cause) => {
      reader.restart(clock.now(), cause);
      onEvent({ kind: 'lost', pod: pod.name, cause });
    },
  }).catch((cause: Error) => {
    signal.throwIfAborted();
    throw new ProbeError({
      code: 'agent-unreachable',
      message: `cannot attach to the agent of pod ${pod.name} (${pod.ref.namespace}/${pod.ref.name}): ${conversation.refusal ?? cause.message}`,
      hint: `See its log: kubectl -n ${pod.ref.namespace} logs ${pod.ref.name}`,
      pod: pod.name,
      cause,
    });
  });
  const over = kept.over.finally(() => conversation.giveUp());

  return {
    schedule: (probes) => {
      reader.expect(probes);
      return conversation.schedule(probes.map(wireProbe));
    },
    askHeartbeat: () => conversation.ask('beat'),
    askHalfOpen: () => conversation.ask('half-open'),
    close: async () => {
      const patience = clock.sleep(LAST_WORDS_MS, ending).catch(() => {});
      await Promise.race([conversation.schedule([]), patience]);
      closing.abort(new Error('closed'));
      await over;
    },
  };
}
