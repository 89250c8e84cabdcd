import { execFile } from 'node:child_process';
import { expect } from 'chai';

const mocha = new URL('../../../node_modules/mocha/bin/mocha.js', import.meta.url).pathname;

interface Outcome {
  readonly failures: number;
  readonly text: string;
}

/** Runs the suite in a mocha of its own: two in one process share their globals. */
function runSuite(env: Readonly<Record<string, string>>): Promise<Outcome> {
  const args = [mocha, '--no-config', '--no-color', '--reporter', 'spec', `${import.meta.dirname}/simulated-suite.mts`];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ failures: Number(error?.code ?? 0), text: stdout + stderr });
    });
  });
}

describe('a mocha suite of scenarios', function () {
  this.timeout(60_000);
  let enforced: Outcome;
  let notEnforced: Outcome;

  before(async () => {
    [enforced, notEnforced] = await Promise.all([runSuite({}), runSuite({ NETPROOF_PLUGIN: 'none' })]);
  });

  it('has an "it" a step, prints the matrices and passes where the plugin enforces', () => {
    const { failures, text } = enforced;
    expect(failures, text).to.equal(0);
    expect(text).to.match(/ 3 passing/);
    expect(text.replace(/ +/g, ' ')).to.include(' web\n 80\n client X\n');
    for (const name of ['shut off', 'all policies deleted', 'passes as a whole']) expect(text).to.include(`✔ ${name}`);
  });

  it('has the steps of a skipped scenario pending, and says why', () => {
    const { text } = enforced;
    expect(text)
      .to.match(/ 3 pending/)
      .and.include('skipped: ')
      .and.include('the agents speak TCP and UDP only');
    expect(notEnforced.text).to.match(/ 3 pending/);
  });

  it('fails in the steps that the plugin does not enforce, with the matrix as the message', () => {
    const { failures, text } = notEnforced;
    expect(failures, text).to.equal(2);
    const report = text.slice(text.indexOf(' failing'));
    expect(report).to.match(/1\) a suite of my own\n.*\n\s+shut off:/);
    expect(report).to.include("expected 'failed' to equal 'passed'");
    expect(report.replace(/ +/g, ' ')).to.include(' client [.]\n');
    expect(report).to.include('x/client->x/web:80/TCP via pod-ip');
  });
});
