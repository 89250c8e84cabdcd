import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const lint = ['run', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12', '-shellcheck=', '-pyflakes='];
const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '' };

/** What actionlint prints: nothing where nothing is wrong. */
const lintOf = (cwd: string, ...files: readonly string[]): Promise<string> =>
  run('go', [...lint, ...files], { cwd, env }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string; readonly stderr: string }) => error.stdout + error.stderr,
  );

describe('actionlint', function () {
  this.timeout(20 * 60_000);

  before(async function () {
    const found = await run('go', ['version']).catch(() => undefined);
    if (found === undefined) {
      console.log('skipped: there is no Go to run actionlint with');
      this.skip();
    }
  });

  it('finds nothing in the workflows', async () => {
    expect(await lintOf(root)).to.equal('');
  });

  it('would find a mistake', async () => {
    expect(await lintOf(root, 'test/e2e/fixtures/broken-workflow.txt')).to.contain('"steps" section is missing');
  });
});
