import { expect } from 'chai';
import { holdFor } from '../../../src/engine/hold.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { anAttempt, aPlan } from '../../support/judge/step.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const HOLD_MS = 1_000;

/** How long a hold of one cell lasts whose agent makes an attempt every `everyMs` until `untilMs`, each so late. */
async function lengthOf(everyMs: number, { latenessMs = 0, outcome = 'open' as const, ends = false } = {}) {
  const clock = virtualClock();
  const observation = new Observation();
  const ended = new AbortController();
  const { signal } = ended;
  const planned = aPlan();
  observation.begin([planned]);
  const probe = observation.idOf(planned.cell);
  if (ends) observation.onEvent({ kind: 'lost', pod: 'x/a', cause: 'gone' });
  const probing = async (): Promise<void> => {
    for (;;) {
      observation.onEvent({ kind: 'attempt', probe, attempt: anAttempt(clock.now(), outcome, { latenessMs }) });
      await clock.sleep(everyMs, signal);
    }
  };
  const probed = probing().catch(() => {});
  const { fromMs, toMs } = await holdFor(
    { fromMs: 0, holdMs: HOLD_MS },
    { clock, signal, observation, session: { askHeartbeats: () => {} } },
    () => ({ agents: observation.liveHealth(), backends: new Map() }),
  );
  ended.abort();
  await probed;
  return toMs - fromMs;
}

describe('a hold', () => {
  it('is as long as asked for while enough attempts are made', async () => {
    expect(await lengthOf(25)).to.equal(HOLD_MS);
    expect(await lengthOf(33)).to.equal(HOLD_MS);
  });

  it('is longer where agents fell behind, until enough was tried', async () => {
    expect(await lengthOf(60)).to.be.within(1_700, 2_200);
  });

  it('does not go on for ever where agents are too late, nor for one that is gone', async () => {
    expect(await lengthOf(5_000)).to.be.within(4_000, 5_600);
    expect(await lengthOf(5_000, { ends: true })).to.equal(HOLD_MS);
  });
});
