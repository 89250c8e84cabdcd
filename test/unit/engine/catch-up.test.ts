import { expect } from 'chai';
import { attemptsEnd, catchUp } from '../../../src/engine/catch-up.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { anAttempt, aPlan } from '../../support/judge/step.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const heartbeat = (atMs: number, endedMs = atMs) =>
  ({ kind: 'heartbeat', pod: 'x/a', atMs, latenessMs: 0, endedMs, bound: [] }) as const;
/** Probing of a cell by an agent that answers what it is asked with what `answer` says, if anything. */
function probing(answer: (nowMs: number) => ReturnType<typeof heartbeat> | undefined = () => undefined) {
  const clock = virtualClock();
  const observation = new Observation();
  const planned = aPlan();
  observation.begin([planned]);
  const probe = observation.idOf(planned.cell);
  let asked = 0;
  const session = {
    askHeartbeats: () => {
      asked += 1;
      const beat = answer(clock.now());
      if (beat !== undefined) void clock.sleep(5).then(() => observation.onEvent(beat));
    },
  };
  const attempt = (sentMs: number, outcome: 'open' | 'dropped', durationMs: number) =>
    observation.onEvent({ kind: 'attempt', probe, attempt: anAttempt(sentMs, outcome, { durationMs }) });
  const { signal } = new AbortController();
  return { clock, observation, signal, session, attempt, asked: () => asked };
}

describe('catching up with agents', () => {
  it('takes no time where their streams are up', async () => {
    const { clock, observation, ...rest } = probing();
    observation.onEvent(heartbeat(1_500, 1_000));
    await catchUp(1_000, { clock, observation, ...rest });
    expect(clock.now()).to.equal(0);
  });

  it('waits until an attempt that was sent at the last moment has ended, and until it is told how late the agent was', async () => {
    const { clock, observation, attempt, ...rest } = probing();
    observation.onEvent(heartbeat(1_000, 900));
    void clock.sleep(600).then(() => observation.onEvent(heartbeat(1_400, 999)));
    void clock.sleep(700).then(() => attempt(999, 'dropped', 500));
    void clock.sleep(800).then(() => observation.onEvent(heartbeat(1_498, 1_400)));
    void clock.sleep(900).then(() => observation.onEvent(heartbeat(1_600, 1_500)));
    await catchUp(1_000, { clock, observation, ...rest });
    expect(clock.now()).to.equal(900);
  });

  it('waits for the last attempts of one whose stream comes back', async () => {
    const { clock, observation, ...rest } = probing();
    observation.onEvent(heartbeat(900));
    void clock.sleep(20_000).then(() => observation.onEvent(heartbeat(990)));
    void clock.sleep(21_000).then(() => observation.onEvent(heartbeat(1_600)));
    await catchUp(1_000, { clock, observation, ...rest });
    expect(clock.now()).to.equal(21_000);
  });

  it('is bounded', async () => {
    const { clock, observation, ...rest } = probing();
    observation.onEvent(heartbeat(900));
    await catchUp(1_000, { clock, observation, ...rest });
    expect(clock.now()).to.be.within(45_000, 45_100);
  });
});

describe('the end of a hold', () => {
  it('is known a moment later where every attempt was answered', async () => {
    const { clock, observation, ...rest } = probing((nowMs) => heartbeat(nowMs));
    observation.onEvent(heartbeat(-100));
    await attemptsEnd(0, { clock, observation, ...rest });
    expect(clock.now()).to.be.below(60);
    expect(rest.asked()).to.equal(1);
  });

  it('is known when the limit of the last attempt is over, where one has no answer', async () => {
    const { clock, observation, attempt, ...rest } = probing((nowMs) => heartbeat(nowMs, nowMs - 500));
    observation.onEvent(heartbeat(-100));
    void clock.sleep(490).then(() => attempt(-10, 'dropped', 500));
    await attemptsEnd(0, { clock, observation, ...rest });
    expect(clock.now()).to.be.within(500, 560);
    expect(rest.asked()).to.be.above(1);
  });

  it('does not wait for an agent that is not heard of', async () => {
    const { clock, observation, ...rest } = probing();
    observation.onEvent(heartbeat(-100));
    await attemptsEnd(0, { clock, observation, ...rest });
    expect(clock.now()).to.be.within(500, 660);
  });
});
