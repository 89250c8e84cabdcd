import { createServer } from 'node:net';
import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { agentProber } from '../../../../src/adapters/prober/agents.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import { type FakeApiServer, type FakeExec, startFakeApiServer } from '../../../support/fake-api-server.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { ProbeEvents, probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

const SELF = loopback(1);
const HOST = loopback(2);

describe('an API server between netproof and its agents', () => {
  let agents: LocalAgents;
  let api: FakeApiServer;

  beforeEach(async () => {
    agents = new LocalAgents();
    api = await startFakeApiServer();
    api.onExec((exec) => void relay(exec));
  });
  afterEach(async () => {
    await agents[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
  });

  /** Runs the exec's command beside the agent, as a kubelet would. */
  async function relay(exec: FakeExec): Promise<void> {
    const stream = await agents.cluster.exec({ namespace: exec.namespace, name: exec.pod }, exec.command);
    stream.stdout.on('data', (data: Buffer) => exec.stdout(data));
    exec.onStdin((data) => stream.stdin.write(data));
    exec.onStdinEnd(() => stream.stdin.end());
    stream.stdin.on('error', () => {});
    await stream.ended;
    exec.cut();
  }

  it('may be away for a while: what the agents did meanwhile is known afterwards', async () => {
    let served = 0;
    const server = createServer((socket) => {
      served += 1;
      socket.on('error', () => {});
      socket.end('netproof-identity: x/b\n');
    }).listen(9090, HOST);
    agents.stack.defer(() => server.close());
    const heard = new ProbeEvents();
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'test' });
    const pod = agents.start('a', SELF, []);
    const session = await agentProber({ cluster, clock: systemClock }).attach([pod], heard.add, {
      signal: agents.signal,
    });
    await session.schedule([probeOf({ id: 7, host: HOST, intervalMs: 20, cell: { port: 9090 } })]);
    await heard.until(() => heard.attempts(7).length > 10);

    const downMs = systemClock.now();
    await api.die();
    const servedWhileDown = served + 20;
    while (served < servedWhileDown) await systemClock.sleep(10);
    const upMs = systemClock.now();
    await api.revive();
    await heard.until(() => heard.attempts(7).some(({ sentMs }) => sentMs > upMs));
    await session[Symbol.asyncDispose]();

    const sent = heard.attempts(7).map(({ sentMs }) => sentMs);
    expect(sent.filter((sentMs) => sentMs > downMs && sentMs < upMs).length).to.be.at.least(15);
    expect(new Set(sent).size, 'attempts told twice').to.equal(sent.length);
    expect(served - sent.length, 'attempts of which nothing was heard').to.be.within(0, 3);
    expect(heard.of('gap')).to.deep.equal([]);
    expect(heard.of('lost')).to.deep.equal([]);
  });

  it('may refuse streams for a while with 500 or 503', async () => {
    const heard = new ProbeEvents();
    const naps: number[] = [];
    const clock: Clock = {
      now: systemClock.now,
      sleep: (ms, signal) => {
        naps.push(ms);
        return systemClock.sleep(ms, signal);
      },
    };
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock, provider: 'test' });
    const pod = agents.start('a', SELF, []);
    const session = await agentProber({ cluster, clock }).attach([pod], heard.add, { signal: agents.signal });
    for (const status of [500, 503]) {
      naps.length = 0;
      api.refuseExec({ status, body: { kind: 'Status', message: 'currently unable to handle the request' } });
      agents.cutStreams();
      // The third try begins after 300 ms: two were refused then.
      await heard.until(() => naps.includes(300));
      api.refuseExec(undefined);
      const known = heard.of('heartbeat').length;
      await heard.until(() => heard.of('heartbeat').length > known + 3);
    }
    await session[Symbol.asyncDispose]();
    expect(heard.of('lost')).to.deep.equal([]);
    expect(heard.of('gap')).to.deep.equal([]);
  });
});
