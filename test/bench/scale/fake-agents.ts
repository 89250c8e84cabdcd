import { PassThrough } from 'node:stream';
import type { WireCommand } from '../../../src/adapters/prober/agent/wire.ts';
import { onLines } from '../../../src/adapters/prober/lines.ts';
import type { Cluster } from '../../../src/ports/cluster.ts';
import type { ExecStream } from '../../../src/ports/exec.ts';

/** How often an agent writes: as the real one does. */
const FLUSH_MS = 40;
const HEARTBEAT_MS = 200;

/**
 * The exec of a cluster whose pods run agents that probe nothing: each writes an attempt of every scheduled probe at its
 * interval, in the words of the real one. `written` counts them.
 */
export class FakeAgents {
  written = 0;

  /** The part of a cluster that a prober needs. */
  readonly cluster = {
    exec: async (pod: { readonly name: string }) => this.#open(`x/${pod.name}`),
  } as unknown as Cluster;

  #open(identity: string): ExecStream {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const ended = Promise.withResolvers<{ kind: 'exited'; code: number }>();
    let probes: { readonly id: number; readonly intervalMs: number; nextMs: number }[] = [];
    let number = 0;
    let heartbeatMs = 0;
    const say = (fields: object): unknown => stdout.write(`${JSON.stringify(fields)}\n`);
    const flush = (): void => {
      const at = performance.now();
      let chunk = '';
      for (const probe of probes) {
        for (; probe.nextMs <= at; probe.nextMs += probe.intervalMs) {
          number += 1;
          chunk += `{"n":${number},"at":${at},"kind":"attempt","probe":${probe.id},"sent":${probe.nextMs},"ms":0.4,"late":0.2,"outcome":"open","by":"x/web","source":"10.0.0.9"}\n`;
          this.written += 1;
        }
      }
      if (at - heartbeatMs >= HEARTBEAT_MS) {
        heartbeatMs = at;
        number += 1;
        chunk += `{"n":${number},"at":${at},"kind":"heartbeat","late":0.3,"until":${at},"bound":["80/TCP 0"]}\n`;
      }
      if (chunk !== '') stdout.write(chunk);
    };
    const timer = setInterval(flush, FLUSH_MS);
    onLines(stdin, (line) => {
      const command = JSON.parse(line) as WireCommand;
      if (command.do === 'time') say({ kind: 'time', id: command.id, at: performance.now() });
      if (command.do !== 'schedule') return;
      const from = performance.now();
      probes = command.probes.map(({ id, intervalMs }) => ({
        id,
        intervalMs,
        nextMs: from + Math.random() * intervalMs,
      }));
      say({ kind: 'scheduled', id: command.id });
    });
    say({ kind: 'hello', boot: 1, identity });
    const close = (): void => {
      clearInterval(timer);
      stdout.end();
      ended.resolve({ kind: 'exited', code: 0 });
    };
    return { stdin, stdout, stderr, ended: ended.promise, close };
  }
}
