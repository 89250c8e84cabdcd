import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type ExampleProject, exampleProject } from '../support/example-project.ts';

const root = new URL('../../', import.meta.url);
const example = new URL('examples/own-policies/', root);

/** Text without its indentation: the page shows parts of files. */
const flat = (text: string): string => text.replace(/^\s+/gm, '');

describe('the example project, with the packed package', function () {
  this.timeout(300_000);
  let project: ExampleProject;

  before(async () => {
    project = await exampleProject();
  });
  after(() => project?.[Symbol.dispose]());

  it('passes its own tests on the oracle as a cluster', async function () {
    // In real time: a very busy machine may keep the probes from coming often enough, which is never a pass.
    this.retries(2);
    const { code, text } = await project.test({ SIMULATE: '1' });
    expect(code, text).to.equal(0);
    expect(text).to.match(/\b8 passing/);
  });
});

describe('page docs/mocha-and-chai.md', () => {
  const files = readdirSync(example, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:mjs|json)$/.test(name) && !name.includes('node_modules'))
    .map((name) => flat(readFileSync(new URL(name, example), 'utf8')));
  const page = readFileSync(new URL('docs/mocha-and-chai.md', root), 'utf8');
  const blocks = [...page.matchAll(/```(?:js|json)\n([\s\S]*?)```/g)].map(([, code]) => code!);

  it('shows code of the example, which runs', () => {
    expect(blocks).to.have.length.greaterThan(5);
    expect(blocks.filter((code) => !files.some((file) => file.includes(flat(code))))).to.deep.equal([]);
  });
});
