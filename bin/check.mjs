// Runs every static check of the project and fails when one does: `npm run check`.
import { spawnSync } from 'node:child_process';

const checks = [
  ['biome', ['check', '--error-on-warnings', '.']],
  ['tsc', ['--noEmit']],
  ['tsc', ['--noEmit', '--project', 'src/reporters/html/page']],
  ['knip', []],
];

let failed = false;
for (const [command, args] of checks) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    failed = true;
    process.stderr.write(`check: ${command} ${args.join(' ')} ${error ? error.message : `exited with ${status}`}\n`);
  }
}
process.exitCode = failed ? 1 : 0;
