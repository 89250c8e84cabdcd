import { expect } from 'chai';
import { cellName } from '../../../src/core/matrix/cell.ts';
import type { PlannedCell } from '../../../src/core/scenario/planned-step.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { anAttempt, aPlan } from '../../support/judge/step.ts';

const fresh = aPlan({ fresh: true });
const name = cellName(fresh.cell);

describe('what is observed while pods come', () => {
  const observed = () => {
    const observation = new Observation();
    const attempt = (planned: PlannedCell, sentMs: number) =>
      observation.onEvent({
        kind: 'attempt',
        probe: observation.idOf(planned.cell),
        attempt: anAttempt(sentMs, 'dropped'),
      });
    observation.begin([fresh]);
    attempt(fresh, 1);
    observation.renew([fresh]);
    attempt(fresh, 2);
    return { observation, attempt };
  };
  const times = (observation: Observation) => observation.series()[0]?.attempts.map(({ sentMs }) => sentMs);

  it('is a series of its own for a cell that is new', () => {
    const { observation, attempt } = observed();
    expect(times(observation)).to.deep.equal([2]);
    observation.renew([fresh]);
    attempt(fresh, 3);
    expect(times(observation)).to.deep.equal([3]);
  });

  it('goes on for one that was dialled ahead', () => {
    const { observation, attempt } = observed();
    observation.renew([fresh], new Set([name]));
    attempt(fresh, 3);
    expect(times(observation)).to.deep.equal([2, 3]);
  });
});
