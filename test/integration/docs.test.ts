import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { runProgram } from '../../src/cli/program.ts';

const root = new URL('../../', import.meta.url);
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)];

/** Calls of the command line in a page, in code spans and blocks: the verb and its options. */
function callsIn(page: string): readonly { readonly verb: string; readonly options: readonly string[] }[] {
  const text = readFileSync(new URL(page, root), 'utf8');
  const code = [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([span]) => span).join('\n');
  return [...code.matchAll(/\b(?:npm run(?: --silent)? netproof --|netproof) ([a-z]+)\b([^\n`#|;]*)/g)].map(
    ([, verb = '', rest = '']) => ({ verb, options: [...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option) }),
  );
}

/** What `netproof help VERB` prints, in lines that are not wrapped. */
async function helpOf(verb: string): Promise<string> {
  const { write } = process.stdout;
  const { COLUMNS } = process.env;
  let printed = '';
  process.env.COLUMNS = '200';
  process.stdout.write = (text) => {
    printed += text;
    return true;
  };
  try {
    await runProgram(['help', verb]);
  } finally {
    process.stdout.write = write;
    if (COLUMNS === undefined) delete process.env.COLUMNS;
    else process.env.COLUMNS = COLUMNS;
  }
  return printed;
}

describe('the documented command line', () => {
  const calls = pages.flatMap((page) => callsIn(page).map((call) => ({ page, ...call })));
  const helps = new Map<string, string>();

  before(async () => {
    for (const verb of new Set(calls.map(({ verb }) => verb))) helps.set(verb, await helpOf(verb));
  });

  it('is called somewhere', () => {
    expect(calls).to.have.length.greaterThan(10);
  });

  it('has the verbs that the pages name', () => {
    expect(calls.filter(({ verb }) => !helps.get(verb)?.startsWith(`Usage: netproof ${verb} `))).to.deep.equal([]);
  });

  it('has the options that the pages name', () => {
    const unknown = calls.flatMap(({ page, verb, options }) =>
      options
        .filter((option) => !helps.get(verb)?.includes(`${option} `))
        .map((option) => `${page}: ${verb} ${option}`),
    );
    expect(unknown).to.deep.equal([]);
  });
});
