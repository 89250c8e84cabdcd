import { expect } from 'chai';
import { ProbeBudget } from '../../../src/engine/probe-budget.ts';

const { signal } = new AbortController();
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

describe('the bound on the probe rate', () => {
  it('gives one lane what it asks for, and never more than there is', async () => {
    const budget = new ProbeBudget(1_000);
    using share = await budget.join(signal);
    expect(share.take({ least: 100, most: 400 })).to.equal(400);
    expect(share.take({ least: 5_000, most: 9_000 })).to.equal(1_000);
  });

  it('is never exceeded by the sum of what lanes have', async () => {
    const budget = new ProbeBudget(1_000);
    using first = await budget.join(signal);
    const most = first.take({ least: 600, most: 600 });
    using second = await budget.join(signal);
    const rest = second.take({ least: 900, most: 900 });
    expect(most + rest).to.equal(1_000);
    expect(first.take({ least: 900, most: 900 }) + rest).to.equal(1_000);
  });

  it('makes a lane wait where too little is free, and others give way to it in their next step', async () => {
    const budget = new ProbeBudget(1_000);
    using first = await budget.join(signal);
    first.take({ least: 1_000, most: 1_000 });
    let joined = false;
    const joining = budget.join(signal).then((share) => {
      joined = true;
      return share;
    });
    await turnOfTheLoop();
    expect(joined).to.equal(false);
    expect(first.take({ least: 1_000, most: 1_000 })).to.equal(500);
    using second = await joining;
    expect(second.take({ least: 1_000, most: 1_000 })).to.equal(500);
  });

  it('takes back what a lane had when it is done', async () => {
    const budget = new ProbeBudget(1_000);
    const first = await budget.join(signal);
    first.take({ least: 1_000, most: 1_000 });
    const joining = budget.join(signal);
    first[Symbol.dispose]();
    using second = await joining;
    expect(second.take({ least: 1_000, most: 1_000 })).to.equal(1_000);
  });

  it('can be raised and lowered while lanes have parts of it', async () => {
    const budget = new ProbeBudget(1_000);
    using first = await budget.join(signal);
    expect(first.take({ least: 2_000, most: 2_000 })).to.equal(1_000);
    budget.set(3_000);
    expect(first.take({ least: 2_000, most: 2_000 })).to.equal(2_000);
    budget.set(500);
    expect(first.take({ least: 2_000, most: 2_000 })).to.equal(500);
  });

  it('lets nobody wait after an abort', async () => {
    const budget = new ProbeBudget(1_000);
    using first = await budget.join(signal);
    first.take({ least: 1_000, most: 1_000 });
    const abort = new AbortController();
    const joining = budget.join(abort.signal).catch((error: Error) => error.message);
    await turnOfTheLoop();
    abort.abort(new Error('stop'));
    expect(await joining).to.equal('stop');
  });
});
