import type { Attempt } from '../../src/core/matrix/outcome.ts';
import type { Arrivals, Probe, ProbeEvent } from '../../src/ports/prober.ts';
import { systemClock } from './system-clock.ts';

/** Collects what a session tells and lets a test wait for it. */
export class ProbeEvents {
  readonly all: ProbeEvent[] = [];
  readonly add = (event: ProbeEvent): void => {
    this.all.push(event);
  };

  of<Kind extends ProbeEvent['kind']>(kind: Kind): Extract<ProbeEvent, { kind: Kind }>[] {
    return this.all.filter((event): event is Extract<ProbeEvent, { kind: Kind }> => event.kind === kind);
  }

  attempts(probe: number): Attempt[] {
    return this.of('attempt').flatMap((event) => (event.probe === probe ? [event.attempt] : []));
  }

  /** What the pod's agent told of datagrams that arrived. */
  arrivals(pod: string): readonly Arrivals[] {
    return this.of('heartbeat').flatMap((event) => (event.pod === pod ? (event.arrivals ?? []) : []));
  }

  /** Settles when `ready` holds; fails after 10 s with the last events. */
  async until(ready: () => boolean): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (!ready()) {
      if (performance.now() > deadline) throw new Error(`not seen: ${JSON.stringify(this.all.slice(-5))}`);
      await systemClock.sleep(10);
    }
  }
}

/** A probe with the fields that a test does not care about filled in; patient, since machines that test are busy. */
export function probeOf(
  fields: Omit<Partial<Probe>, 'cell'> & Pick<Probe, 'id' | 'host'> & { readonly cell: Partial<Probe['cell']> },
): Probe {
  const cell = { from: 'x/a', to: 'x/b', protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method: 'agent', port: 80 };
  return {
    intervalMs: 40,
    timeoutMs: 5000,
    identities: ['x/b'],
    ...fields,
    cell: { ...cell, ...fields.cell } as Probe['cell'],
  };
}
