import { ProbeError } from '../../../core/diagnostics/errors.ts';
import type { Probe } from '../../../ports/prober.ts';
import type { LinkOptions } from '../pod-link.ts';
import { addressOf } from './first-instant-exchanges.ts';
import { parseFirstInstantLog, recallCommand } from './first-instant-script.ts';
import { readWget, wgetUrl } from './words.ts';

/** The pod's clock shows no smaller steps, in ms. */
const CLOCK_STEP_MS = 10;

/**
 * Tells, as attempts of these probes and exchanges of those that keep a connection, what a pod dialled from its first instant on. Its clock is read in the same exec, so
 * that times are known to half of what that took. Rejects with `ProbeError` where it cannot be read, or has no attempt of
 * an address that the pod was told to dial: then nothing is known of its first instant.
 */
export async function recallFirstInstant(
  { cluster, clock, pod, onEvent, signal }: LinkOptions,
  probes: readonly Probe[],
): Promise<void> {
  const askedMs = clock.now();
  const { end, stdout, stderr } = await cluster.run(pod.ref, recallCommand, { signal });
  const answeredMs = clock.now();
  const log = end.kind === 'exited' && end.code === 0 ? parseFirstInstantLog(stdout) : undefined;
  const missing = log?.urls.filter((url) => !log.attempts.some((attempt) => attempt.url === url));
  if (log === undefined || missing === undefined || missing.length > 0) {
    const found = missing?.join(', ') ?? (end.kind === 'lost' ? end.cause : stderr.trim().slice(0, 200));
    throw new ProbeError({
      code: 'first-instant-unknown',
      message: `pod ${pod.name} does not say what it dialled from its first instant: ${found}`,
      hint: 'A pod that dials from its first instant needs an image with sh, nc and BusyBox wget, such as alpine.',
      pod: pod.name,
    });
  }
  const offsetMs = (askedMs + answeredMs) / 2 - log.readMs;
  const errorMs = (answeredMs - askedMs) / 2 + CLOCK_STEP_MS;
  const byUrl = new Map(
    probes.filter(({ hold }) => hold === undefined).map((probe) => [wgetUrl(probe.host, probe.cell.port), probe]),
  );
  for (const { url, sentMs, endedMs, code, output } of log.attempts) {
    const probe = byUrl.get(url);
    if (probe === undefined) continue;
    const finding = readWget(code, output, probe);
    const times = { sentMs: sentMs + offsetMs, errorMs, durationMs: endedMs - sentMs, latenessMs: 0 };
    onEvent({ kind: 'attempt', probe: probe.id, attempt: { ...times, ...finding } });
  }
  for (const { id, host, cell } of probes.filter(({ hold }) => hold === 'keep')) {
    const address = addressOf({ host, port: cell.port });
    for (const { sentMs, durationMs, outcome } of log.exchanges.filter((exchange) => exchange.address === address)) {
      const attempt = { sentMs: sentMs + offsetMs, errorMs, durationMs, latenessMs: 0, outcome };
      onEvent({ kind: 'attempt', probe: id, attempt });
    }
  }
}
