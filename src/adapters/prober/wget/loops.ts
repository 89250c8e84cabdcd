import type { Attempt } from '../../../core/matrix/outcome.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Probe, ProbeEvent } from '../../../ports/prober.ts';
import type { WgetRun, WgetRunner } from './runner.ts';
import { sentTimes } from './sent.ts';
import { readWget, wgetUrl } from './words.ts';

/** Time between two looks for a stream while there is none, in ms. */
const NO_STREAM_MS = 50;

/** Makes one attempt after another for each scheduled probe, all probes at once. */
export class WgetLoops {
  readonly #runner: WgetRunner;
  readonly #clock: Clock;
  readonly #onEvent: (event: ProbeEvent) => void;
  readonly #signal: AbortSignal;
  readonly #scheduled = new Map<number, Probe>();
  readonly #looping = new Set<number>();

  constructor(options: {
    readonly runner: WgetRunner;
    readonly clock: Clock;
    readonly onEvent: (event: ProbeEvent) => void;
    readonly signal: AbortSignal;
  }) {
    this.#runner = options.runner;
    this.#clock = options.clock;
    this.#onEvent = options.onEvent;
    this.#signal = options.signal;
  }

  /** Replaces all probes. An attempt under way is finished and told. */
  replace(probes: readonly Probe[]): void {
    this.#scheduled.clear();
    for (const probe of probes) this.#scheduled.set(probe.id, probe);
    for (const { id } of probes) if (!this.#looping.has(id)) void this.#loop(id);
  }

  async #loop(id: number): Promise<void> {
    this.#looping.add(id);
    let plannedMs = this.#clock.now();
    for (;;) {
      const probe = this.#scheduled.get(id);
      if (probe === undefined || this.#signal.aborted) break;
      const run = await this.#runner.run(wgetUrl(probe.host, probe.cell.port));
      const nowMs = this.#clock.now();
      if (run !== undefined && !this.#signal.aborted) {
        this.#onEvent({ kind: 'attempt', probe: id, attempt: attemptOf(run, probe, { plannedMs, nowMs }) });
      }
      const pauseMs = Math.max(run === undefined ? NO_STREAM_MS : 0, plannedMs + probe.intervalMs - nowMs);
      plannedMs = nowMs + pauseMs;
      await this.#clock.sleep(pauseMs, this.#signal).catch(() => {});
    }
    this.#looping.delete(id);
  }
}

function attemptOf(run: WgetRun, probe: Probe, times: { plannedMs: number; nowMs: number }): Attempt {
  if (run.kind === 'failed') {
    const { askedMs: sentMs, reason: detail } = run;
    const durationMs = times.nowMs - sentMs;
    return { sentMs, errorMs: 0, durationMs, outcome: 'inconclusive', latenessMs: sentMs - times.plannedMs, detail };
  }
  const finding = readWget(run.code, run.output, probe);
  return { ...sentTimes(finding.outcome, run.heard), latenessMs: run.heard.askedMs - times.plannedMs, ...finding };
}
