import { ProbeError } from '../../../core/diagnostics/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Cluster } from '../../../ports/cluster.ts';
import type { Probe, ProbeEvent, ProbePod } from '../../../ports/prober.ts';
import { withPatience } from '../patience.ts';
import type { PodLink } from '../pod-link.ts';
import { type LineStream, openLineStream } from '../stream.ts';
import { Alignment } from './alignment.ts';
import { Conversation } from './conversation.ts';
import { JournalReader } from './journal-reader.ts';
import { attachCommand } from './program.ts';
import type { WireProbe } from './wire.ts';

const BEGIN_MS = 15_000;
const ALIGN_MS = 1000;
/** Heartbeats come every 100 ms: a stream that is silent for so long is dead although nobody said so. */
const SILENT_MS = 5000;
const LAST_WORDS_MS = 1000;

function wireProbe(probe: Probe): WireProbe {
  const { id, cell, host, intervalMs, timeoutMs } = probe;
  return { id, host, port: cell.port, protocol: cell.protocol, family: cell.family, intervalMs, timeoutMs };
}

/** Attaches to the agent of a pod. Rejects with `ProbeError` when it cannot be reached. */
export async function openAgentLink(options: {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly pod: ProbePod;
  readonly onEvent: (event: ProbeEvent) => void;
  readonly signal: AbortSignal;
}): Promise<PodLink> {
  const { cluster, clock, pod, onEvent } = options;
  const closing = new AbortController();
  const signal = AbortSignal.any([options.signal, closing.signal]);
  const alignment = new Alignment();
  const reader = new JournalReader({ pod: pod.name, alignment, onEvent });
  const conversation = new Conversation({ pod: pod.name, clock, alignment, reader });

  /** Opens a stream and settles when records flow; rejects with what went wrong. */
  async function connect(): Promise<LineStream> {
    const onLine = (line: string): void => conversation.hear(line);
    const stream = await openLineStream({ cluster, pod: pod.ref, command: attachCommand, onLine, signal });
    const begun = new Promise<void>((resolve) =>
      conversation.open((command) => stream.say(JSON.stringify(command)), resolve),
    );
    const late = AbortSignal.any([signal, AbortSignal.timeout(BEGIN_MS)]);
    const failure = await Promise.race([
      begun,
      stream.ended,
      new Promise<string>((resolve) =>
        late.addEventListener('abort', () => resolve(`the agent did not begin in ${BEGIN_MS} ms`), { once: true }),
      ),
    ]);
    if (failure === undefined) return stream;
    stream.close();
    throw new Error(conversation.refusal ?? failure);
  }

  const connectWithPatience = (): Promise<LineStream> =>
    withPatience({ clock, signal, isFinal: () => conversation.refusal !== undefined, attempt: connect });

  /** Keeps the clocks aligned and ends a stream that has gone silent; settles with why the stream ended. */
  async function watch(stream: LineStream): Promise<string> {
    const over = new AbortController();
    const ended = stream.ended.finally(() => over.abort());
    const idle = AbortSignal.any([signal, over.signal]);
    while (!idle.aborted) {
      await clock.sleep(ALIGN_MS, idle).catch(() => {});
      if (clock.now() - conversation.heardMs > SILENT_MS) stream.close();
      else if (!idle.aborted) conversation.askTime();
    }
    if (signal.aborted) return 'closed';
    return ended;
  }

  async function keep(first: LineStream): Promise<void> {
    let stream = first;
    for (;;) {
      current = stream;
      const reason = await watch(stream);
      stream.close();
      if (signal.aborted) return;
      try {
        stream = await connectWithPatience();
      } catch (error) {
        if (signal.aborted) return;
        const cause = `${reason}; attaching again failed: ${(error as Error).message}`;
        reader.restart(clock.now(), cause);
        onEvent({ kind: 'lost', pod: pod.name, cause });
        return;
      }
    }
  }

  let current: LineStream;
  try {
    current = await connectWithPatience();
  } catch (cause) {
    throw new ProbeError({
      code: 'agent-unreachable',
      message: `cannot attach to the agent of pod ${pod.name} (${pod.ref.namespace}/${pod.ref.name}): ${(cause as Error).message}`,
      hint: `See its log: kubectl -n ${pod.ref.namespace} logs ${pod.ref.name}`,
      pod: pod.name,
      cause,
    });
  }
  const kept = keep(current).finally(() => conversation.giveUp());

  return {
    schedule: (probes) => {
      reader.expect(probes);
      return conversation.schedule(probes.map(wireProbe));
    },
    close: async () => {
      const patience = clock.sleep(LAST_WORDS_MS, signal).catch(() => {});
      await Promise.race([conversation.schedule([]), patience]);
      closing.abort(new Error('closed'));
      await kept;
    },
  };
}
