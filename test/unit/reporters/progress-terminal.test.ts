import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { type TerminalStream, terminalProgress } from '../../../src/reporters/progress-terminal.ts';
import { manualTicker } from './manual-ticker.ts';

describe('terminalProgress', () => {
  const recorded = (columns = 60) => {
    let text = '';
    const stream: TerminalStream = Object.assign(new PassThrough(), { columns });
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    const ticker = manualTicker();
    return { read: () => stripVTControlCharacters(text), ticker, progress: terminalProgress(stream, ticker) };
  };

  it('redraws the step with its time and what it is doing', async () => {
    const { read, ticker, progress } = recorded();
    progress.step('create the cluster', 2, 5);
    progress.detail('Starting control-plane');
    ticker.advance(3_000);
    progress.done();
    await new Promise(setImmediate);
    expect(read()).to.include('[2/5] create the cluster 0.0 s');
    expect(read()).to.include('Starting control-plane');
    expect(read()).to.include('✓ [2/5] create the cluster 3.0 s\n');
    expect(ticker.running).to.equal(0);
  });

  it('cuts what does not fit on a line', async () => {
    const { read, ticker, progress } = recorded(20);
    progress.step('x');
    progress.detail('abcdefghijklmnopqrstuvwxyz');
    ticker.advance(200);
    await new Promise(setImmediate);
    expect(read()).to.include('abcdefghijklmnopq\n').and.not.include('r');
    progress.done();
  });

  it('marks the open step as failed when it is disposed', async () => {
    const { read, progress } = recorded();
    progress.step('load images');
    progress[Symbol.dispose]();
    await new Promise(setImmediate);
    expect(read()).to.include('✗ load images').and.not.include('✓');
  });
});
