// Changes the oracle's code in every small way (Stryker) and expects a test to fail each time: `npm run mutation`.
// Fails when more mutants survive than stryker.config.json allows. Works in a copy of the tracked files, because
// Stryker's runner for mocha does not load mocha 12 yet, and installs there what only it needs.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = ['@stryker-mutator/core@10.0.0', '@stryker-mutator/mocha-runner@10.0.0', 'mocha@11.8.0'];

/** Runs a command to its end; ends the program with its exit code when that is not 0. */
const run = (command, args, options) => {
  const { status, error, stdout } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status === 0) return stdout;
  process.stderr.write(`mutation: ${command} ${args[0]} ${error ? error.message : `exited with ${status}`}\n`);
  process.exit(3);
};

const tree = mkdtempSync(join(tmpdir(), 'netproof-mutation-'));
process.on('exit', () => rmSync(tree, { recursive: true, force: true }));
const tracked = run('git', ['ls-files', '-z'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
for (const file of tracked.split('\0').filter(Boolean)) cpSync(join(root, file), join(tree, file));

process.stderr.write('mutation: installing Stryker beside the dependencies ...\n');
run('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel', 'error', ...packages], { cwd: tree });
const stryker = join(tree, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
// A fifth of the cases of each property notices nearly as much as all, thousands of times over.
const env = { NETPROOF_RUNS: '0.2', ...process.env };
const { status } = spawnSync(process.execPath, [stryker, 'run'], { cwd: tree, stdio: 'inherit', env });
const kept = join(root, 'reports', 'mutation');
mkdirSync(kept, { recursive: true });
cpSync(join(tree, 'reports', 'mutation'), kept, { recursive: true });
process.stderr.write(`mutation: the report is ${join(kept, 'mutation.html')}\n`);
process.exitCode = status ?? 3;
