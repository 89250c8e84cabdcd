import { expect } from 'chai';
import { interruptSignal } from '../../../src/cli/interrupt.ts';

describe('a signal that aborts on Ctrl-C', () => {
  const { exit } = process;
  afterEach(() => {
    process.exit = exit;
  });

  it('takes signals that come at once for one, and ends the program at the next', () => {
    let nowMs = 0;
    const said: string[] = [];
    const codes: unknown[] = [];
    process.exit = ((code: unknown) => {
      codes.push(code);
      throw new Error('the program ended');
    }) as never;
    using interrupt = interruptSignal(
      (line) => said.push(line),
      () => nowMs,
    );
    process.emit('SIGINT');
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(interrupt.signal.aborted).to.equal(true);
    expect(said).to.have.length(1);
    expect(codes).to.deep.equal([]);
    nowMs = 1_000;
    expect(() => process.emit('SIGINT')).to.throw('the program ended');
    expect(said).to.have.length(2);
    expect(codes).to.deep.equal([130]);
  });

  it('listens no more once it is disposed', () => {
    const before = process.listenerCount('SIGINT');
    interruptSignal(() => {})[Symbol.dispose]();
    expect(process.listenerCount('SIGINT')).to.equal(before);
  });
});
