import { expect } from 'chai';
import { trackedFiles } from '../../support/repository.ts';

const sources = trackedFiles('src').filter(({ path }) => /\.m?ts$/.test(path));

/** Sent to pods as one file without dependencies. */
const AGENT = 'src/agent/agent.mts';

const EXPORTED = /^export (?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/;

/** Exported names of a text that no docstring stands above; of overloads the first counts. */
function undocumented(text: string): readonly string[] {
  const lines = text.split('\n');
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const [, name] = EXPORTED.exec(line) ?? [];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return lines[index - 1]?.trimEnd().endsWith('*/') ? [] : [name];
  });
}

const lengths = new Map(sources.map(({ path, text }) => [path, text.trimEnd().split('\n').length]));

describe('the sources', () => {
  it('are there', () => {
    expect(sources).to.have.length.greaterThan(100);
  });

  it('say of every exported symbol what it is for', () => {
    const missing = sources.flatMap(({ path, text }) => undocumented(text).map((name) => `${path}: ${name}`));
    expect(missing).to.deep.equal([]);
  });

  it('have no file above 300 lines but the agent', () => {
    const long = [...lengths].filter(([, lines]) => lines > 300).map(([path]) => path);
    expect(long.filter((path) => path !== AGENT)).to.deep.equal([]);
  });

  it('have fewer than 60 lines in most files', () => {
    const sorted = [...lengths.values()].sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).to.be.lessThan(60);
  });
});

describe('what finds an undocumented symbol', () => {
  it('takes a docstring directly above, once for overloads', () => {
    expect(
      undocumented('/** A. */\nexport type A = 1;\nexport const b = 1;\n/** C. */\n\nexport class C {}'),
    ).to.deep.equal(['b', 'C']);
    expect(undocumented('/** F. */\nexport function f(): 1;\nexport function f() {}')).to.deep.equal([]);
    expect(undocumented('const a = 1;\nexport async function g() {}\n  export const h = 1;')).to.deep.equal(['g']);
  });
});
