import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCommand } from '../../../../src/adapters/process/run-command.ts';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';

const failureOf = async (promise: Promise<unknown>): Promise<ClusterError> => {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(ClusterError);
    return error as ClusterError;
  }
  throw new Error('expected a rejection');
};

describe('runCommand', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-process-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('begins a new log when the old one is large, and keeps that one', async () => {
    const logFile = join(folder, 'log');
    await writeFile(logFile, 'x'.repeat(9 * 1024 * 1024));
    await runCommand('echo', ['anew'], { logFile });
    expect(await readFile(logFile, 'utf8')).to.equal('$ echo anew\nanew\n# done\n');
    expect((await stat(`${logFile}.1`)).size).to.equal(9 * 1024 * 1024);
    await runCommand('echo', ['more'], { logFile });
    expect(await readFile(logFile, 'utf8'), 'a small one goes on')
      .to.contain('$ echo anew')
      .and.contain('$ echo more');
  });

  it('returns what was printed, tells each line, and logs everything with the command', async () => {
    const lines: string[] = [];
    const logFile = join(folder, 'deep/er/log.txt');
    const result = await runCommand('sh', ['-c', 'echo one; printf "two\\nthr"; sleep 0.05; echo ee; cat'], {
      input: 'from stdin',
      logFile,
      onLine: (line) => lines.push(line),
    });
    expect(result.stdout).to.equal('one\ntwo\nthree\nfrom stdin');
    expect(lines).to.deep.equal(['one', 'two', 'three', 'from stdin']);
    const log = await readFile(logFile, 'utf8');
    expect(log)
      .to.match(/^\$ sh -c 'echo one;/)
      .and.to.contain('\nthree\nfrom stdin')
      .and.to.contain('# done');
  });

  it('rejects with the pasteable command, the last 20 lines, the log file and the hint', async () => {
    const logFile = join(folder, 'log');
    const script = `seq 1 30; echo "it's broken" >&2; exit 7`;
    const error = await failureOf(
      runCommand('sh', ['-c', script], { logFile, title: 'build thing v1', hint: 'Install make.' }),
    );
    expect(error.code).to.equal('command-failed');
    expect(error.message).to.equal("build thing v1: sh failed with exit code 7: it's broken");
    expect(error.outputTail?.split('\n')).to.have.length(20).and.to.include("it's broken").and.to.not.include('1');
    expect(error.logFile).to.equal(logFile);
    expect(error.hint).to.equal('Install make.');
    const again = await failureOf(runCommand('sh', ['-c', error.command ?? '']));
    expect(again.outputTail).to.contain("it's broken");
  });

  it('says when the command does not exist', async () => {
    const error = await failureOf(runCommand('netproof-no-such-program', []));
    expect(error.code).to.equal('command-not-found');
    expect(error.message).to.contain('"netproof-no-such-program" was not found');
  });

  it('says when it was stopped for taking too long', async () => {
    const error = await failureOf(runCommand('sleep', ['30'], { timeoutMs: 50 }));
    expect(error.code).to.equal('command-timed-out');
    expect(error.message).to.equal('sleep was stopped after 0.05 s without an end');
  });

  it('names a killing signal', async () => {
    const error = await failureOf(runCommand('sh', ['-c', 'kill -9 $$']));
    expect(error.code).to.equal('command-killed');
    expect(error.message).to.contain('out of memory');
  });

  it('ends the command and rejects with the reason when the signal aborts', async () => {
    const abort = new AbortController();
    const started = runCommand('sh', ['-c', 'echo $$; exec sleep 30'], {
      signal: abort.signal,
      onLine: (line) => abort.abort(new Error(`stop ${line}`)),
    });
    const reason = await started.then(
      () => 'finished',
      (error: Error) => error.message,
    );
    expect(reason).to.match(/^stop \d+$/);
    expect(() => process.kill(Number(reason.slice(5)), 0)).to.throw('ESRCH');
  });

  it('ends what the command has started, too', async () => {
    const abort = new AbortController();
    const script = 'sh -c \'trap "" TERM; echo $$; while :; do sleep 1; done\' & wait';
    const outcome = await runCommand('sh', ['-c', script], {
      signal: abort.signal,
      onLine: (line) => abort.abort(line),
    }).catch((reason: unknown) => reason);
    const { stdout: state } = await runCommand('sh', ['-c', `ps -o stat= -p ${outcome} || true`]);
    expect(state.trim(), 'gone, or dead and waiting to be collected').to.match(/^(Z.*)?$/);
  });

  it('stays alive on SIGINT when something listens to it, and ends the command through its signal', async () => {
    const module = new URL('../../../../src/adapters/process/run-command.ts', import.meta.url).href;
    const script = `
      import { runCommand } from ${JSON.stringify(module)};
      const abort = new AbortController();
      process.once('SIGINT', () => abort.abort('interrupted'));
      const outcome = await runCommand('sh', ['-c', 'sleep 30 & echo $!; wait'], {
        signal: abort.signal,
        onLine: () => process.kill(process.pid, 'SIGINT'),
      }).catch((reason) => reason);
      console.log(outcome);`;
    const { stdout } = await runCommand(process.execPath, ['--input-type=module', '--eval', script]);
    expect(stdout).to.equal('interrupted\n');
  });

  it('says which folder a log cannot be written to', async () => {
    const error = await failureOf(runCommand('true', [], { logFile: '/dev/null/x/log' }));
    expect(error.code).to.equal('state-folder-unwritable');
  });

  it('passes files byte for byte', async () => {
    const outputFile = join(folder, 'out');
    const { stdout } = await runCommand('printf', ['\\377\\000x'], { outputFile });
    expect(stdout).to.equal('');
    expect(await readFile(outputFile)).to.deep.equal(Buffer.from([255, 0, 120]));
    const { stdout: size } = await runCommand('wc', ['-c'], { inputFile: outputFile });
    expect(size.trim()).to.equal('3');
  });

  it('sets and takes away environment variables', async () => {
    process.env.NETPROOF_TEST_GONE = 'there';
    try {
      const { stdout } = await runCommand('sh', ['-c', 'echo "$A-$NETPROOF_TEST_GONE"'], {
        env: { A: '1', NETPROOF_TEST_GONE: undefined },
      });
      expect(stdout).to.equal('1-\n');
    } finally {
      delete process.env.NETPROOF_TEST_GONE;
    }
  });
});
