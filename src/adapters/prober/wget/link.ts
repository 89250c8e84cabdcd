import { ProbeError } from '../../../core/diagnostics/errors.ts';
import type { Attempt } from '../../../core/matrix/outcome.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Cluster } from '../../../ports/cluster.ts';
import type { Probe, ProbeEvent, ProbePod } from '../../../ports/prober.ts';
import { withPatience } from '../patience.ts';
import type { PodLink } from '../pod-link.ts';
import { type LineStream, openLineStream } from '../stream.ts';
import { type WgetRun, WgetRunner } from './runner.ts';
import { sentTimes } from './sent.ts';
import { shellCommand } from './shell.ts';
import { readWget, wgetUrl } from './words.ts';

const CHECK_MS = 1000;
const READY_MS = 15_000;

function attemptOf(run: WgetRun, probe: Probe, plannedMs: number, nowMs: number): Attempt {
  if (run.kind === 'failed') {
    const { askedMs, reason } = run;
    const times = { sentMs: askedMs, errorMs: 0, durationMs: nowMs - askedMs };
    return { ...times, outcome: 'inconclusive', latenessMs: askedMs - plannedMs, detail: reason };
  }
  const finding = readWget(run.code, run.output, probe.identities);
  return { ...sentTimes(finding.outcome, run.heard), latenessMs: run.heard.askedMs - plannedMs, ...finding };
}

/** Opens the shell in a pod. Rejects with `ProbeError` when it cannot be had. */
export async function openWgetLink(options: {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly pod: ProbePod;
  readonly onEvent: (event: ProbeEvent) => void;
  readonly signal: AbortSignal;
}): Promise<PodLink> {
  const { cluster, clock, pod, onEvent } = options;
  const closing = new AbortController();
  const signal = AbortSignal.any([options.signal, closing.signal]);
  const runner = new WgetRunner(clock);
  const scheduled = new Map<number, Probe>();
  const looping = new Set<number>();

  async function connect(): Promise<LineStream> {
    const ready = new Promise<undefined>((resolve) => runner.expect(() => resolve(undefined)));
    const onLine = (line: string): void => runner.hear(line);
    const stream = await openLineStream({ cluster, pod: pod.ref, command: shellCommand, onLine, signal });
    const patience = clock.sleep(READY_MS, signal).then(
      () => 'the shell did not start',
      () => 'closed',
    );
    const failure = await Promise.race([ready, stream.ended, patience]);
    if (failure === undefined) return stream;
    stream.close();
    throw new Error(failure);
  }
  const connectWithPatience = (): Promise<LineStream> => withPatience({ clock, signal, attempt: connect });

  /** One attempt after another, as long as the probe is scheduled. */
  async function loop(id: number): Promise<void> {
    let plannedMs = clock.now();
    for (let probe = scheduled.get(id); probe !== undefined && !signal.aborted; probe = scheduled.get(id)) {
      const run = await runner.run(wgetUrl(probe.host, probe.cell.port));
      if (run !== undefined && !signal.aborted) {
        onEvent({ kind: 'attempt', probe: id, attempt: attemptOf(run, probe, plannedMs, clock.now()) });
      }
      const pause = Math.max(run === undefined ? 50 : 0, plannedMs + probe.intervalMs - clock.now());
      await clock.sleep(pause, signal).catch(() => {});
      plannedMs = clock.now();
    }
    looping.delete(id);
  }

  async function watch(stream: LineStream): Promise<string> {
    const over = new AbortController();
    const ended = stream.ended.finally(() => over.abort());
    const idle = AbortSignal.any([signal, over.signal]);
    while (!idle.aborted) {
      await clock.sleep(CHECK_MS, idle).catch(() => {});
      runner.check();
    }
    return signal.aborted ? 'closed' : ended;
  }

  async function keep(first: LineStream): Promise<void> {
    let stream = first;
    for (;;) {
      runner.use(stream);
      const reason = await watch(stream);
      const lostMs = clock.now();
      stream.close();
      runner.lose(reason);
      if (signal.aborted) return;
      try {
        stream = await connectWithPatience();
      } catch (error) {
        if (signal.aborted) return;
        onEvent({ kind: 'lost', pod: pod.name, cause: `${reason}; then: ${(error as Error).message}` });
        return;
      }
      onEvent({ kind: 'gap', pod: pod.name, fromMs: lostMs, toMs: clock.now(), reason });
    }
  }

  let first: LineStream;
  try {
    first = await connectWithPatience();
  } catch (cause) {
    throw new ProbeError({
      code: 'shell-unreachable',
      message: `cannot run a shell in pod ${pod.name} (${pod.ref.namespace}/${pod.ref.name}): ${(cause as Error).message}`,
      hint: 'A pod that probes by wget needs an image with sh and BusyBox wget, such as alpine.',
      pod: pod.name,
      cause,
    });
  }
  const kept = keep(first);

  return {
    schedule: async (probes) => {
      scheduled.clear();
      for (const probe of probes) scheduled.set(probe.id, probe);
      for (const { id } of probes.filter((probe) => !looping.has(probe.id))) {
        looping.add(id);
        void loop(id);
      }
    },
    close: async () => {
      closing.abort(new Error('closed'));
      await kept;
    },
  };
}
