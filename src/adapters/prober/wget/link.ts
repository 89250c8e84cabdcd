import { ProbeError } from '../../../core/diagnostics/errors.ts';
import { keepStream } from '../kept-stream.ts';
import type { LinkOptions, PodLink } from '../pod-link.ts';
import { openReadyStream } from '../ready-stream.ts';
import { WgetLoops } from './loops.ts';
import { recallFirstInstant } from './recall.ts';
import { WgetRunner } from './runner.ts';
import { shellCommand } from './shell.ts';

/** Opens the shell in a pod. Rejects with `ProbeError` when it cannot be had. */
export async function openWgetLink(options: LinkOptions): Promise<PodLink> {
  const { cluster, clock, pod, onEvent, signal } = options;
  const closing = new AbortController();
  const ending = AbortSignal.any([signal, closing.signal]);
  const runner = new WgetRunner(clock);
  const loops = new WgetLoops({ runner, clock, onEvent, signal: ending });
  let broken: { readonly fromMs: number; readonly reason: string } | undefined;

  const kept = await keepStream({
    clock,
    signal: ending,
    open: () =>
      openReadyStream({
        cluster,
        pod: pod.ref,
        command: shellCommand,
        onLine: (line) => runner.hear(line),
        signal: ending,
        ready: () => runner.ready(),
      }),
    check: () => runner.check(),
    onOpen: (stream) => {
      runner.use(stream);
      if (broken !== undefined) onEvent({ kind: 'gap', pod: pod.name, toMs: clock.now(), ...broken });
    },
    onBroken: (reason) => {
      broken = { fromMs: clock.now(), reason };
      runner.lose(reason);
    },
    onLost: (cause) => onEvent({ kind: 'lost', pod: pod.name, cause }),
  }).catch((cause: Error) => {
    signal.throwIfAborted();
    throw new ProbeError({
      code: 'shell-unreachable',
      message: `cannot run a shell in pod ${pod.name} (${pod.ref.namespace}/${pod.ref.name}): ${cause.message}`,
      hint: 'A pod that probes by wget needs an image with sh and BusyBox wget, such as alpine.',
      pod: pod.name,
      cause,
    });
  });

  return {
    schedule: async (probes) => loops.replace(probes),
    recall: (probes) => recallFirstInstant(options, probes),
    close: async () => {
      closing.abort(new Error('closed'));
      await kept.over;
    },
  };
}
