import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\n';

describe('files that come through a pipe', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-pipe-'));
  const file = join(folder, 'pod.yaml');
  before(() => writeFileSync(file, POD));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (line: string, input = '') => {
    const script = `netproof() { "$NODE" "$MAIN" "$@"; }; ${line}`;
    const env = { ...process.env, NODE: process.execPath, MAIN: main, FILE: file };
    const { stdout, status } = spawnSync('bash', ['-c', script], { env, input, encoding: 'utf8' });
    return { stdout, status };
  };
  const fine = { stdout: '0 scenarios, 1 manifest: no mistakes found\n', status: 0 };

  it('are checked: standard input and process substitution', () => {
    expect(shell('(sleep 0.1; cat "$FILE") | netproof check -')).to.deep.equal(fine);
    expect(shell('netproof check -', POD)).to.deep.equal(fine);
    expect(shell('netproof check <(cat "$FILE")')).to.deep.equal(fine);
  });

  it('are asked about', () => {
    const { stdout, status } = shell('cat "$FILE" | netproof explain --from x/a --to x/app=b --port 80 -');
    expect(stdout).to.match(/^x\/a -> x\/app=b:80\/TCP: allowed\n/);
    expect(status).to.equal(0);
  });
});
