import { expect } from 'chai';
import { stepReason } from '../../../../src/core/result/step-reason.ts';
import { aRecord, healthy } from '../../../support/judge/step.ts';

const blind = (lengthMs: number, reason: string) => ({ fromMs: 2_000, toMs: 2_000 + lengthMs, reason });
const record = (...spans: readonly ReturnType<typeof blind>[]) =>
  aRecord([], {
    agents: new Map([
      ['x/a', healthy('x/a', { unknown: spans })],
      ['y/b', healthy('y/b')],
    ]),
  });

describe('the reason of a step', () => {
  it('is nothing for one that passed', () => {
    expect(stepReason('pass', undefined, record(blind(9_000, 'the agent restarted')))).to.equal(null);
  });

  it('names what kept agents silent beside the doubt', () => {
    expect(stepReason('inconclusive', '1 of 2 cells not known', record(blind(300, 'the agent restarted')))).to.equal(
      '1 of 2 cells not known; nothing is known for a time of x/a: the agent restarted',
    );
  });

  it('names long silences beside a failure, and short ones not', () => {
    expect(stepReason('fail', undefined, record(blind(300, 'agent late by 300 ms')))).to.equal(null);
    expect(stepReason('fail', undefined, record(blind(7_000, 'node n1 is not Ready')))).to.equal(
      'nothing is known for a time of x/a: node n1 is not Ready',
    );
  });
});
