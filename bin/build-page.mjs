// Builds the page of the HTML report: one file without its data, styles and program inlined. `npm run build` puts it into
// dist/; in a checkout it is built when a report is first written, and kept until a file that it is made from changes.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules', '.cache', 'netproof');
const page = join(root, 'src', 'reporters', 'html', 'page');
/** Everything that the page may be made from. */
const sources = ['src/core', 'src/reporters', 'package-lock.json', 'bin/build-page.mjs'];

/** The page's text, from the cache where it still fits its sources. */
export async function builtPage() {
  const file = join(cache, `page-${hashOfSources()}.html`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const text = await buildPage();
    mkdirSync(cache, { recursive: true });
    const draft = `${file}.${process.pid}.tmp`;
    writeFileSync(draft, text);
    renameSync(draft, file);
    return text;
  }
}

/** Builds the page; rejects with what Vite says when it cannot. */
export async function buildPage() {
  const [{ build }, { viteSingleFile }] = await Promise.all([import('vite'), import('vite-plugin-singlefile')]);
  const { output } = await build({
    root: page,
    configFile: false,
    logLevel: 'error',
    plugins: [viteSingleFile()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { write: false, target: 'es2023', modulePreload: false },
  });
  const html = output.find(({ fileName }) => fileName === 'index.html');
  return String(html.source);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesBelow(join(root, source))) hash.update(path).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesBelow(path) {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}
