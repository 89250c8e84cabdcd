import { expect } from 'chai';
import fc from 'fast-check';
import type { BuildStep } from '../../../../../../src/adapters/images/source/steps/build-step.ts';
import { runSteps } from '../../../../../../src/adapters/images/source/steps/run-steps.ts';
import { recordedProgress } from '../../../../../support/recorded-progress.ts';

const { signal } = new AbortController();

/** Steps 0..n-1 in which each needs some of those before it. */
const plan = (
  needs: readonly (readonly number[])[],
  done: ReadonlySet<number>,
  made: number[],
): readonly BuildStep[] => {
  const steps: BuildStep[] = [];
  for (const [index, list] of needs.entries()) {
    steps.push({
      title: `step ${index}`,
      key: `${index}`,
      needs: list.flatMap((other) => steps[other] ?? []),
      isDone: async () => done.has(index),
      make: async () => void made.push(index),
    });
  }
  return steps;
};

describe('runSteps', () => {
  it('makes each missing step once, after what it needs, and nothing that only finished ones need', async () => {
    const graph = fc.array(fc.array(fc.nat(8), { maxLength: 3 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(graph, fc.uniqueArray(fc.nat(8)), async (raw, finished) => {
        const needs = raw.map((list, index) => list.filter((other) => other < index));
        const done = new Set(finished);
        const made: number[] = [];
        const steps = plan(needs, done, made);
        await runSteps(steps.slice(-1), { progress: recordedProgress(), signal });

        const wanted = new Set<number>();
        const visit = (index: number): void => {
          if (done.has(index)) return;
          wanted.add(index);
          for (const other of needs[index] ?? []) visit(other);
        };
        visit(needs.length - 1);
        expect([...made].sort()).to.deep.equal([...wanted].sort());
        made.forEach((index, at) => {
          for (const other of needs[index] ?? []) {
            if (wanted.has(other)) expect(made.indexOf(other)).to.be.lessThan(at);
          }
        });
      }),
    );
  });

  it('tells which of how many, counting only what is missing', async () => {
    const progress = recordedProgress();
    await runSteps(plan([[], [0], [1]], new Set([0]), []).slice(2), { progress, signal });
    expect(progress.lines).to.deep.equal(['step 1/2 step 1', 'done', 'step 2/2 step 2', 'done']);
  });

  it('stops before the next step when the signal aborts', async () => {
    const abort = new AbortController();
    const made: number[] = [];
    const [first, second] = plan([[], [0]], new Set(), made);
    const stopping: BuildStep = { ...first!, make: async () => abort.abort(new Error('stop')) };
    const outcome = await runSteps([{ ...second!, needs: [stopping] }], {
      progress: recordedProgress(),
      signal: abort.signal,
    }).catch((error: Error) => error.message);
    expect(outcome).to.equal('stop');
    expect(made).to.deep.equal([]);
  });
});
