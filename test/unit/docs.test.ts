import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`)];
const sources = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(`src/${path}`));
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };

for (const page of pages) {
  describe(`page ${page}`, () => {
    const text = read(page);

    it('links to what exists', () => {
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
        fileURLToPath(new URL(link!, new URL(page, root))),
      );
      expect(links.filter((link) => !existsSync(link))).to.deep.equal([]);
    });

    it('names files and npm scripts that exist', () => {
      const files = [...text.matchAll(/`((?:src|test|bin)\/[\w./-]+)`/g)].map(([, path]) => path!);
      expect(files.filter((path) => !existsSync(new URL(path, root)))).to.deep.equal([]);
      const called = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
      expect(called.filter((name) => !(name in scripts))).to.deep.equal([]);
    });
  });
}

describe('page docs/troubleshooting.md', () => {
  it('explains error codes that exist', () => {
    const rows = read('docs/troubleshooting.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const codes = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([a-z][a-z-]+)`/g)].map(([, code]) => code!),
    );
    expect(codes).to.have.length.greaterThan(10);
    // Codes that begin with api- are made from the reason that the API server gives.
    const ours = codes.filter((code) => !code.startsWith('api-'));
    expect(ours.filter((code) => !sources.some((source) => source.includes(`'${code}'`)))).to.deep.equal([]);
  });
});
