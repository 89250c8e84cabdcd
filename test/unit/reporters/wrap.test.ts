import { expect } from 'chai';
import { hung } from '../../../src/reporters/wrap.ts';

const RED = `${String.fromCharCode(27)}[31m`;
const PLAIN = `${String.fromCharCode(27)}[39m`;

describe('a line that hangs', () => {
  it('is left as it is where it fits, spaces and all', () => {
    expect(hung('  when      now   and then', 26)).to.deep.equal(['  when      now   and then']);
  });

  it('is broken at spaces, what follows two columns to the right of its beginning', () => {
    expect(hung('  one two three four', 10)).to.deep.equal(['  one two', '    three', '    four']);
  });

  it('hangs where it is told to, and keeps the spaces of what stays on the line', () => {
    expect(hung('  when      now and then', 16, 12)).to.deep.equal([
      '  when      now',
      `${' '.repeat(12)}and`,
      `${' '.repeat(12)}then`,
    ]);
  });

  it('keeps a word whole that is longer than the line', () => {
    expect(hung('see https://example.test/a/long/way here', 12)).to.deep.equal([
      'see',
      '  https://example.test/a/long/way',
      '  here',
    ]);
  });

  it('counts no colours', () => {
    expect(hung(`${RED}one two${PLAIN}`, 7)).to.deep.equal([`${RED}one two${PLAIN}`]);
    expect(hung(`${RED}one two${PLAIN} three`, 13)).to.have.length(1);
  });
});
