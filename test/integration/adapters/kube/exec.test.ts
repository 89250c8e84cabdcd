import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import type { Cluster } from '../../../../src/ports/cluster.ts';
import { failure } from '../../../support/failure.ts';
import { type FakeApiServer, type FakeExec, startFakeApiServer, status } from '../../../support/fake-api-server.ts';

const pod = { namespace: 'np-1', name: 'web', container: 'agent' };

describe('kube: exec', () => {
  let api: FakeApiServer;
  let cluster: Cluster;
  beforeEach(async () => {
    api = await startFakeApiServer();
    const { kubeconfig } = api;
    cluster = await connect({ kubeconfig, clock: systemClock, provider: 'test', retryMs: 300, keepAliveMs: 40 });
  });
  afterEach(() => api[Symbol.asyncDispose]());

  it('runs a command to its end, with its output and exit code', async () => {
    let seen: FakeExec | undefined;
    api.onExec((exec) => {
      seen = exec;
      exec.stdout('page\n');
      exec.stderr('warning\n');
      exec.exit(3);
    });
    const result = await cluster.run(pod, ['wget', '-qO-', 'http://web/?a=1&b=2', 'two words']);
    expect(result).to.deep.equal({ end: { kind: 'exited', code: 3 }, stdout: 'page\n', stderr: 'warning\n' });
    expect(seen).to.include({ namespace: 'np-1', pod: 'web', container: 'agent' });
    expect(seen?.command).to.deep.equal(['wget', '-qO-', 'http://web/?a=1&b=2', 'two words']);
  });

  it('passes stdin on and closes it', async () => {
    api.onExec((exec) => {
      let got = '';
      exec.onStdin((part) => {
        got += part.toString();
      });
      exec.onStdinEnd(() => {
        exec.stdout(got.toUpperCase());
        exec.exit(0);
      });
    });
    const result = await cluster.run(pod, ['cat'], { stdin: 'hello' });
    expect(result).to.deep.include({ stdout: 'HELLO', end: { kind: 'exited', code: 0 } });
  });

  it('closes stdin of a command that is given none', async () => {
    api.onExec((exec) => exec.onStdinEnd(() => exec.exit(0)));
    expect((await cluster.run(pod, ['cat'])).end).to.deep.equal({ kind: 'exited', code: 0 });
  });

  it('streams both ways while the command runs', async () => {
    api.onExec((exec) => exec.onStdin((line) => exec.stdout(`echo ${line.toString()}`)));
    const stream = await cluster.exec(pod, ['attach']);
    stream.stdin.write('one\n');
    const [first] = await Promise.all([new Promise((resolve) => stream.stdout.once('data', resolve))]);
    expect(String(first)).to.equal('echo one\n');
    stream.close();
    expect(await stream.ended).to.deep.equal({ kind: 'lost', cause: 'closed by netproof' });
  });

  it('is lost when the connection breaks, with what was printed before', async () => {
    api.onExec((exec) => {
      exec.stdout('half');
      setTimeout(() => exec.cut(), 20);
    });
    const result = await cluster.run(pod, ['wget']);
    expect(result.stdout).to.equal('half');
    expect(result.end).to.have.property('kind', 'lost');
    expect(result.end)
      .to.have.property('cause')
      .that.matches(/code 1006\) before the command's status/);
  });

  it('is lost when the server hangs up politely without a status', async () => {
    api.onExec((exec) => exec.hangUp());
    expect((await cluster.run(pod, ['wget'])).end).to.have.property('kind', 'lost');
  });

  it("is lost, in the runtime's words, when the command could not be started", async () => {
    api.onExec((exec) => exec.fail('exec: "wget": executable file not found in $PATH'));
    const { end } = await cluster.run(pod, ['wget']);
    expect(end).to.deep.equal({ kind: 'lost', cause: 'exec: "wget": executable file not found in $PATH' });
  });

  it('is lost when pings stay unanswered', async () => {
    api.onExec((exec) => exec.fallSilent());
    const stream = await cluster.exec(pod, ['attach']);
    expect(await stream.ended).to.have.property('kind', 'lost');
  });

  it('stays open as long as pings are answered', async () => {
    api.onExec((exec) => setTimeout(() => exec.exit(0), 200));
    const stream = await cluster.exec(pod, ['attach']);
    expect(await stream.ended).to.deep.equal({ kind: 'exited', code: 0 });
  });

  it('is lost at the deadline of a run', async () => {
    api.onExec((exec) => exec.stdout('so far'));
    const result = await cluster.run(pod, ['sleep', '60'], { timeoutMs: 100 });
    expect(result).to.deep.include({
      stdout: 'so far',
      end: { kind: 'lost', cause: 'the command did not end in time' },
    });
  });

  it('stops when it is aborted, open or opening', async () => {
    api.onExec(() => {});
    const stopping = new AbortController();
    const stream = await cluster.exec(pod, ['attach'], { signal: stopping.signal });
    const run = cluster.run(pod, ['sleep'], { signal: stopping.signal }).catch((reason: unknown) => reason);
    stopping.abort(new Error('Ctrl-C'));
    expect(await stream.ended).to.deep.equal({ kind: 'lost', cause: 'aborted' });
    expect(await run).to.have.property('message', 'Ctrl-C');
  });

  it("rejects with the server's words when it refuses", async () => {
    const words = 'pods "web" is forbidden: User "u" cannot create resource "pods/exec"';
    api.refuseExec({ status: 403, body: status(403, 'Forbidden', words) });
    const error = await failure(cluster.run(pod, ['true']));
    expect(error).to.include({ code: 'api-forbidden', message: `cannot exec in pod np-1/web: ${words}` });
  });

  it('rejects with the words of a node that refuses, which are no JSON', async () => {
    api.refuseExec({ status: 500, body: 'container not found ("agent")' });
    const error = await failure(cluster.run(pod, ['true']));
    expect(error).to.include({ code: 'api-status-500' });
    expect(error.message).to.equal('cannot exec in pod np-1/web: container not found ("agent")');
    expect(api.requests).to.have.length(0);
  });

  it('begins on a connection of its own, not on one kept alive', async () => {
    api.onExec((exec) => {
      exec.stdout(String(exec.connection));
      exec.exit(0);
    });
    await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace: 'np-1', name: 'web' });
    const { stdout } = await cluster.run(pod, ['true']);
    expect(api.requests.map(({ connection }) => String(connection))).to.not.include(stdout);
  });

  it('rejects when no answer comes in time', async () => {
    api.refuseExec('silence');
    const error = await failure(cluster.exec(pod, ['attach'], { timeoutMs: 50 }));
    expect(error.code).to.equal('exec-timeout');
  });

  it('rejects when the server is gone', async () => {
    await api.die();
    expect((await failure(cluster.run(pod, ['true']))).code).to.equal('cluster-unreachable');
  });

  it('keeps at most 1 MiB of what a command prints, and lets it go on', async () => {
    api.onExec((exec) => {
      for (let written = 0; written < 40; written++) exec.stdout('x'.repeat(65_000));
      exec.exit(0);
    });
    const { end, stdout } = await cluster.run(pod, ['yes']);
    expect(stdout).to.have.length(1024 * 1024);
    expect(end).to.deep.equal({ kind: 'exited', code: 0 });
  });

  it('holds the sender back while nobody reads, and loses nothing', async () => {
    const sent = 32 * 1024 * 1024;
    let exec: FakeExec | undefined;
    api.onExec((started) => {
      exec = started;
      for (let written = 0; written < sent; written += 65_536) started.stdout('x'.repeat(65_536));
      started.exit(0);
    });
    const stream = await cluster.exec(pod, ['yes']);
    await delay(200);
    expect(stream.stdout.readableLength).to.be.lessThan(8 * 1024 * 1024);
    expect(exec?.pendingBytes()).to.be.greaterThan(sent / 4);
    expect((await text(stream.stdout)).length).to.equal(sent);
    expect(await stream.ended).to.deep.equal({ kind: 'exited', code: 0 });
  });
});
