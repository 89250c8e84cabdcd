import { expect } from 'chai';
import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import type { Attempt } from '../../../src/core/matrix/outcome.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { anAttempt, aPlan, aRecord, attempts } from '../../support/judge/step.ts';

const CLOSED = aPlan({ cell: { port: 53, protocol: 'UDP' }, before: 'closed', expected: 'closed' });
const heartbeat = (from: string, sourcePorts: readonly number[]) =>
  ({
    kind: 'heartbeat',
    pod: 'y/b',
    atMs: 5_100,
    latenessMs: 0,
    endedMs: 5_100,
    bound: [],
    arrivals: [{ from, port: 53, sourcePorts }],
  }) as const;

/** What becomes of a closed cell when the destination tells of these source ports. */
function verdictWhen(
  from: string,
  sourcePorts: readonly number[],
  outcome: 'dropped' | 'open' = 'dropped',
  more: Partial<Attempt> = {},
) {
  const observation = new Observation();
  observation.begin([CLOSED]);
  const probe = observation.idOf(CLOSED.cell);
  for (const attempt of attempts(0, 9_000, () => 'dropped')) observation.onEvent({ kind: 'attempt', probe, attempt });
  observation.onEvent({ kind: 'attempt', probe, attempt: anAttempt(5_000, outcome, { sourcePort: 10_007, ...more }) });
  observation.onEvent(heartbeat(from, sourcePorts));
  return judgeStep(aRecord(observation.series()), DEFAULT_LIMITS).cells[0]!;
}

describe('datagrams that arrive at a closed pod', () => {
  it('are a leak although no answer came back', () => {
    const verdict = verdictWhen('x/a', [10_006, 10_007]);
    expect(verdict.status).to.equal('fail');
    expect(verdict.reasons[0]).to.have.nested.property('attempt.arrived', true);
  });

  it('are told of by the address of the sender, of a SYN', () => {
    const syn = { sourceAddress: '10.0.0.1' };
    expect(verdictWhen('10.0.0.1', [10_007], 'dropped', syn).status).to.equal('fail');
    expect(verdictWhen('10.0.0.2', [10_007], 'dropped', syn).status).to.equal('pass');
    expect(verdictWhen('x/a', [10_007], 'dropped', syn).status).to.equal('pass');
  });

  it('are none where they came from another pod, or from another port', () => {
    expect(verdictWhen('x/c', [10_007]).status).to.equal('pass');
    expect(verdictWhen('x/a', [10_006]).status).to.equal('pass');
  });
});
