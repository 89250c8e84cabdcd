import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { BuildStep } from '../../../../../../src/adapters/images/source/steps/build-step.ts';
import { runSteps } from '../../../../../../src/adapters/images/source/steps/run-steps.ts';
import { stepRun } from '../../../../../support/step-run.ts';

/** Steps 0..n-1 in which each needs some of those before it; those without needs may run beside. */
const plan = (
  needs: readonly (readonly number[])[],
  options: { readonly done: ReadonlySet<number>; readonly beside?: ReadonlySet<number>; readonly made: number[] },
): readonly BuildStep[] => {
  const steps: BuildStep[] = [];
  for (const [index, list] of needs.entries()) {
    steps.push({
      title: `step ${index}`,
      key: `${index}`,
      needs: list.flatMap((other) => steps[other] ?? []),
      beside: list.length === 0 && (options.beside?.has(index) ?? false),
      isDone: async () => options.done.has(index),
      async make() {
        await sleep(0);
        options.made.push(index);
      },
    });
  }
  return steps;
};

describe('runSteps', () => {
  it('makes each missing step once, after what it needs, and nothing that only finished ones need', async () => {
    const graph = fc.array(fc.array(fc.nat(8), { maxLength: 3 }), { minLength: 1, maxLength: 9 });
    const some = fc.uniqueArray(fc.nat(8));
    await fc.assert(
      fc.asyncProperty(graph, some, some, async (raw, finished, light) => {
        const needs = raw.map((list, index) => list.filter((other) => other < index));
        const done = new Set(finished);
        const made: number[] = [];
        const steps = plan(needs, { done, beside: new Set(light), made });
        await runSteps(steps.slice(-1), stepRun());

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
    const run = stepRun();
    await runSteps(plan([[], [0], [1]], { done: new Set([0]), made: [] }).slice(2), run);
    expect(run.progress.lines).to.deep.equal(['step 1/2 step 1', 'done', 'step 2/2 step 2', 'done']);
  });

  it('runs a step of the side lane while others run, and tells it when the main lane waits for it', async () => {
    const run = stepRun();
    const told: string[] = [];
    const light: BuildStep = {
      title: 'light',
      key: 'light',
      needs: [],
      beside: true,
      isDone: async () => false,
      async make() {
        run.side.progress.detail('unseen');
        told.push('light begun');
        while (!told.includes('heavy made')) await sleep(1);
        await sleep(1);
        run.side.progress.detail('seen');
      },
    };
    const heavy: BuildStep = {
      ...light,
      title: 'heavy',
      key: 'heavy',
      beside: false,
      async make() {
        while (!told.includes('light begun')) await sleep(1);
        told.push('heavy made');
      },
    };
    await runSteps([{ ...heavy, title: 'both', key: 'both', needs: [light, heavy], make: async () => {} }], run);
    expect(run.progress.lines).to.deep.equal([
      'step 1/3 heavy',
      'done',
      'step 2/3 light',
      'detail seen',
      'done',
      'step 3/3 both',
      'done',
    ]);
  });

  for (const failing of ['heavy', 'light']) {
    it(`stops the other lane when the ${failing} one fails, and rejects with that failure`, async () => {
      const run = stepRun();
      const step = (name: string, beside: boolean): BuildStep => ({
        title: name,
        key: name,
        needs: [],
        beside,
        isDone: async () => false,
        make: () =>
          name === failing
            ? Promise.reject(new Error(`${name} broke`))
            : sleep(60_000, undefined, { signal: run.signal }).catch(() => run.signal.throwIfAborted()),
      });
      const outcome = await runSteps([step('heavy', false), step('light', true)], run).catch((error) => error.message);
      expect(outcome).to.equal(`${failing} broke`);
    });
  }

  it('stops before the next step when the signal aborts', async () => {
    const abort = new AbortController();
    const made: number[] = [];
    const [first, second] = plan([[], [0]], { done: new Set(), made });
    const stopping: BuildStep = { ...first!, make: async () => abort.abort(new Error('stop')) };
    const outcome = await runSteps([{ ...second!, needs: [stopping] }], stepRun(abort.signal)).catch(
      (error) => error.message,
    );
    expect(outcome).to.equal('stop');
    expect(made).to.deep.equal([]);
  });
});
