import { spawnSync } from 'node:child_process';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { withLock } from '../../../../../src/adapters/cluster/kind/cluster-lock.ts';
import { quietProgress } from '../../../../support/quiet-progress.ts';

describe('withLock', () => {
  let folder = '';
  let file = '';
  const call = (signal = new AbortController().signal) => ({
    clock: { now: () => 0, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) },
    progress: quietProgress(),
    signal,
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    file = join(folder, 'cluster', 'lock');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the result of the work and leaves nothing behind', async () => {
    expect(await withLock(file, call(), async () => access(file).then(() => 'held'))).to.equal('held');
    expect(await readdir(join(folder, 'cluster'))).to.deep.equal([]);
  });

  it('is free again after work that failed', async () => {
    const failing = withLock(file, call(), () => Promise.reject(new Error('no')));
    expect(await failing.then(() => '', String)).to.equal('Error: no');
    expect(await withLock(file, call(), async () => 'again')).to.equal('again');
  });

  it('lets one work at a time, and says that it waits', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = withLock(file, call(), async () => {
      order.push('first in');
      await gate.promise;
      order.push('first out');
    });
    while (order.length === 0) await new Promise(setImmediate);
    const waiting = call();
    const second = withLock(file, waiting, async () => order.push('second'));
    while (waiting.progress.notes.length === 0) await new Promise(setImmediate);
    gate.resolve();
    await Promise.all([first, second]);
    expect(order).to.deep.equal(['first in', 'first out', 'second']);
    expect(waiting.progress.notes).to.have.length(1);
  });

  it('does not heed a process that is gone, nor a torn file', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    await withLock(file, call(), async () => {});
    for (const text of [`${gone} 12345`, `${process.pid} 1`, '', 'x']) {
      await writeFile(file, text);
      expect(await withLock(file, call(), async () => 'taken'), text).to.equal('taken');
    }
  });

  it('stops waiting when it is cancelled', async () => {
    const cancelled = new AbortController();
    const reason = new Error('interrupted');
    const waiting = {
      ...call(cancelled.signal),
      clock: { now: () => 0, sleep: async (_: number, signal?: AbortSignal) => signal?.throwIfAborted() },
    };
    await withLock(file, call(), async () => {
      cancelled.abort(reason);
      const error: unknown = await withLock(file, waiting, async () => 'no').catch((thrown: unknown) => thrown);
      expect(error).to.equal(reason);
    });
  });
});
