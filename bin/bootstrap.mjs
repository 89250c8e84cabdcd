// Brings a bare clone up and runs a script of the project in it: installs the npm dependencies when package-lock.json
// has changed since the last time, then runs the script with a Node.js that is new enough. Runs on Node 20, without
// dependencies. Usage: node bin/bootstrap.mjs SCRIPT [ARG...], SCRIPT relative to the repository.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.netproof-lock');
const log = join(tmpdir(), `netproof-npm-install-${process.pid}.log`);

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const isInstalled = (hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

/** The sources use syntax of Node.js 24 (`using`); the published package is compiled and runs on older ones too. */
const newEnough = () => Number(process.versions.node.split('.')[0]) >= 24;

/** Runs a command; resolves with its exit code, or 128 + signal number when a signal ended it. */
const run = (command, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    // A terminal sends SIGINT to the whole group: the child has it already and decides; we only wait for it.
    process.on('SIGINT', process.stdin.isTTY ? () => {} : forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });

const install = async (hash) => {
  const started = Date.now();
  process.stderr.write('netproof: installing npm dependencies (first run, or package-lock.json changed) ...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  let output = '';
  // "npm ci" refuses a lock file that was written where the registry hides other platforms' optional packages;
  // "npm install --no-save" keeps to the lock file's versions and checksums all the same.
  const child = spawn(npm, ['install', '--no-save', '--no-fund', '--no-audit'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    writeFileSync(log, output);
    process.stderr.write(`${output.trimEnd().split('\n').slice(-15).join('\n')}\n`);
    process.stderr.write(`netproof: "npm install" failed with exit code ${code}; full log: ${log}\n`);
    process.stderr.write(
      'netproof: check that the npm registry is reachable ("npm ping"), then run the command again.\n',
    );
    process.exit(3);
  }
  writeFileSync(stamp, hash);
  process.stderr.write(`netproof: dependencies installed in ${Math.round((Date.now() - started) / 1000)} s\n`);
};

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  process.stderr.write('usage: node bin/bootstrap.mjs SCRIPT [ARG...]\n');
  process.exit(2);
}
const hash = lockHash();
if (!isInstalled(hash)) {
  rmSync(stamp, { force: true });
  await install(hash);
}
const node = newEnough() ? process.execPath : join(modules, 'node', 'bin', 'node');
const path = `${join(modules, '.bin')}:${dirname(node)}:${process.env.PATH}`;
process.exitCode = await run(node, [join(root, script), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
