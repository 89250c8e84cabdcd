import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { shellQuote } from '../../../../src/adapters/process/shell-quote.ts';

describe('shellQuote', () => {
  it('leaves plain words alone', () => {
    expect(shellQuote(['docker', 'run', '--name=a_b', 'x/y:1'])).to.equal('docker run --name=a_b x/y:1');
    expect(shellQuote(['echo', '', "it's", '$HOME'])).to.equal(`echo '' 'it'\\''s' '$HOME'`);
  });

  it('gives a shell exactly the words back', () => {
    const word = fc.string({ maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${shellQuote(words)}`], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).to.deep.equal(words);
      }),
      { numRuns: 40 },
    );
  });
});
