import { Writable } from 'node:stream';
import { expect } from 'chai';
import { outputOn } from '../../../src/reporters/output.ts';

/** A stream that keeps what is written; a terminal when it has columns. */
function aStream(columns?: number): { stream: NodeJS.WriteStream; text: () => string } {
  let written = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  Object.assign(stream, columns === undefined ? {} : { isTTY: true, columns, rows: 24 });
  return { stream: stream as NodeJS.WriteStream, text: () => written };
}

describe('output on a stream', () => {
  it('is plain lines in a pipe: no live line, no colour, a width of its own', () => {
    const { stream, text } = aStream();
    const output = outputOn(stream, {});
    output.live('working');
    output.print(['one', 'two']);
    expect(text()).to.equal('one\ntwo\n');
    expect(output).to.include({ width: 100, colour: false });
  });

  it('redraws the live line below what stays on a terminal', () => {
    const { stream, text } = aStream(60);
    const output = outputOn(stream, {});
    output.live('working');
    output.print(['stays']);
    const written = text();
    expect(written.indexOf('working')).to.be.lessThan(written.indexOf('stays\n'));
    expect(written.lastIndexOf('working')).to.be.greaterThan(written.indexOf('stays\n'));
    expect(output.width).to.equal(60);
    output.live('');
    output.print(['end']);
    expect(text().slice(text().indexOf('end'))).to.equal('end\n');
  });

  it('has no live line in CI and on a dumb terminal', () => {
    for (const env of [{ CI: 'true' }, { TERM: 'dumb' }]) {
      const { stream, text } = aStream(60);
      outputOn(stream, env).live('working');
      expect(text()).to.equal('');
    }
  });
});
