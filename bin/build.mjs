// Builds what is published: JavaScript and type declarations in dist/, the page of the HTML report, and the in-pod agent
// as it stands (it is sent to pods as TypeScript; Node.js there strips the types). `npm run build`, and before `npm pack`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const { status, error } = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) {
  process.stderr.write(`build: tsc ${error ? error.message : `exited with ${status}`}\n`);
  process.exit(1);
}
cpSync(join(root, 'src', 'agent'), join(dist, 'agent'), { recursive: true });
const page = join(dist, 'reporters', 'html', 'page');
mkdirSync(page, { recursive: true });
writeFileSync(join(page, 'page.html'), await buildPage());
