import { expect } from 'chai';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import { type Calibration, calibrate } from '../../../src/engine/calibration.ts';
import { Observation } from '../../../src/engine/observation.ts';
import type { Stand } from '../../../src/engine/stand.ts';
import type { Probe } from '../../../src/ports/prober.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const cell = (to: string): Cell => ({
  from: 'x/a',
  to,
  port: 80,
  protocol: 'TCP',
  path: 'pod-ip',
  family: 'IPv4',
  method: 'agent',
});

/** A stand whose agent keeps up with `capacity` attempts a second: beyond it attempts are late, more and more. */
function standWith(capacity: number, cells: number, earlier?: Calibration) {
  const clock = virtualClock();
  const observation = new Observation();
  const pods = new Map(
    Array.from({ length: cells }, (_, index) => [
      `x/${index}`,
      { ref: { namespace: 'x', name: `${index}` }, ips: [`10.0.0.${index + 1}`], node: '' },
    ]),
  );
  let schedules: (readonly Probe[])[] = [];
  const session = {
    schedule: async (probes: readonly Probe[]) => {
      schedules = [...schedules, probes];
      const sinceMs = clock.now();
      const perSecond = probes.reduce((sum, { intervalMs }) => sum + 1_000 / intervalMs, 0);
      const backlog = Math.max(0, perSecond - capacity);
      for (const { id, intervalMs } of probes) {
        for (let dueMs = intervalMs / 2; dueMs < 300; dueMs += intervalMs) {
          const attempt = { errorMs: 0, durationMs: 1, outcome: 'open' as const, latenessMs: 1 + backlog };
          observation.onEvent({ kind: 'attempt', probe: id, attempt: { ...attempt, sentMs: sinceMs + dueMs } });
        }
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const stand = { observation, session, topology: { pods, services: new Map() } } as unknown as Stand;
  const all = [...pods.keys()].map(cell);
  return {
    found: calibrate({ stand, cells: all, clock, signal: new AbortController().signal, earlier }),
    last: () => schedules.at(-1),
  };
}

describe('calibration', () => {
  it('finds a rate below the one at which attempts become late', async () => {
    for (const capacity of [700, 1_400, 2_500]) {
      const { attemptsPerSecond, levels } = await standWith(capacity, 40).found;
      expect(attemptsPerSecond).to.be.within(capacity * 0.25, capacity);
      expect(levels.at(-1)?.late?.p95).to.be.above(25);
      expect(levels.at(-2), 'tried twice').to.deep.equal(levels.at(-1));
      expect(levels.at(-3)?.late?.p95).to.be.below(25);
    }
  });

  it('does not probe few cells quicker than their source ports allow', async () => {
    const { attemptsPerSecond, levels } = await standWith(100_000, 4).found;
    expect(levels.map((level) => level.attemptsPerSecond)).to.deep.equal([400, 800]);
    expect(attemptsPerSecond).to.equal(360);
  });

  it('goes on where few cells had to stop, once there are more', async () => {
    const few = await standWith(2_000, 4).found;
    expect(few.untried).to.equal(1_500);
    const more = await standWith(2_000, 40, few).found;
    expect(more.levels.map((level) => level.attemptsPerSecond)).to.deep.equal([400, 800, 1_500, 2_500, 2_500]);
    expect(more).to.include({ attemptsPerSecond: 675, untried: undefined });
    const idle = await standWith(1_000, 40, few).found;
    expect(idle.attemptsPerSecond, 'no better than before').to.equal(360);
  });

  it('takes the lowest rate where even that one is late, and leaves no probe behind', async () => {
    const { found, last } = standWith(10, 40);
    const { attemptsPerSecond, levels } = await found;
    expect(attemptsPerSecond).to.equal(180);
    expect(levels, 'what passes was waited for').to.have.length(6);
    expect(last()).to.deep.equal([]);
  });
});
