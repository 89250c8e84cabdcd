import { createServer } from 'node:net';
import { expect } from 'chai';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

const SELF = loopback(1);
const HOST = loopback(2);
const PORT = 8080;
const served = [{ port: PORT, protocol: 'TCP' }] as const;
const probe = probeOf({ id: 7, host: HOST, intervalMs: 20, cell: { port: PORT } });

describe('the stream to an agent', () => {
  let agents: LocalAgents;
  beforeEach(() => {
    agents = new LocalAgents();
  });
  afterEach(() => agents[Symbol.asyncDispose]());

  it('loses nothing when it is cut in the middle', async () => {
    const seenByServer: number[] = [];
    const server = createServer((socket) => {
      seenByServer.push(socket.remotePort!);
      socket.on('error', () => {});
      socket.end('netproof-identity: x/b\n');
    }).listen(9090, HOST);
    agents.stack.defer(() => server.close());
    const { session, events } = await attachTo(agents, [agents.start('a', SELF, [])]);
    await session.schedule([probeOf({ ...probe, cell: { port: 9090 } })]);
    for (const attempts of [10, 30, 80]) {
      await events.until(() => events.attempts(7).length > attempts);
      agents.cutStreams();
    }
    await events.until(() => events.attempts(7).length > 100);
    expect(agents.execs).to.be.at.least(4);
    await session[Symbol.asyncDispose]();

    const sent = events.attempts(7).map(({ sentMs }) => sentMs);
    expect(new Set(sent).size, 'attempts told twice').to.equal(sent.length);
    // What the session does not know of can only be what was under way when it ended.
    expect(seenByServer.length - sent.length).to.be.within(0, 3);
    expect(events.of('gap')).to.deep.equal([]);
    expect(events.of('lost')).to.deep.equal([]);
  });

  it('tells of an agent that restarted as a gap, and goes on', async () => {
    const { session, events } = await attachTo(agents, [agents.start('a', SELF, served)]);
    await session.schedule([probeOf({ ...probe, host: SELF, identities: ['x/a'] })]);
    await events.until(() => events.attempts(7).length > 5);
    await agents.kill('a');
    const before = events.attempts(7).length;
    agents.start('a', SELF, served);
    await events.until(() => events.attempts(7).length > before + 5);
    await session[Symbol.asyncDispose]();

    const [gap, ...others] = events.of('gap');
    expect(others).to.deep.equal([]);
    expect(gap).to.include({ pod: 'x/a', reason: 'the agent restarted' });
    expect(events.attempts(7).map(({ outcome }) => outcome)).to.satisfy((all: string[]) =>
      all.every((outcome) => outcome === 'open'),
    );
    const inGap = events.attempts(7).slice(before);
    expect(inGap[0]!.sentMs).to.be.above(gap!.toMs - 50);
  });

  it('gives a pod up, without a verdict, when it was deleted', async () => {
    const { session, events } = await attachTo(agents, [agents.start('a', SELF, served)]);
    await session.schedule([probeOf({ ...probe, host: SELF, identities: ['x/a'] })]);
    await events.until(() => events.attempts(7).length > 5);
    agents.refusal = new ClusterError({
      code: 'api-not-found',
      message: 'cannot exec in pod np-x/a: pods "a" not found',
    });
    await agents.kill('a');
    await events.until(() => events.of('lost').length > 0);
    expect(events.of('lost')[0]!.cause).to.include('pods "a" not found');
    expect(events.of('gap')).to.have.length(1);
    expect(events.attempts(7).every(({ outcome }) => outcome === 'open')).to.equal(true);
    await session.schedule([]);
    await session[Symbol.asyncDispose]();
  });

  it('marks what overflowed the agent’s buffer as a gap', async () => {
    const { session, events } = await attachTo(agents, [agents.start('a', SELF, served, { buffer: 16 })]);
    await session.schedule([probeOf({ ...probe, host: SELF, intervalMs: 10, identities: ['x/a'] })]);
    await events.until(() => events.attempts(7).length > 5);
    agents.refusal = new Error('not now');
    agents.cutStreams();
    await systemClock.sleep(600);
    const known = events.attempts(7).length;
    agents.refusal = undefined;
    await events.until(() => events.attempts(7).length > known + 5);
    await session[Symbol.asyncDispose]();
    const [gap] = events.of('gap');
    expect(gap!.reason).to.match(/^\d+ records overflowed/);
    const last = events.attempts(7)[known - 1]!;
    const next = events.attempts(7)[known]!;
    expect(last.sentMs).to.be.below(gap!.toMs);
    expect(gap!.fromMs).to.be.below(last.sentMs);
    expect(next.sentMs + next.durationMs).to.be.at.least(gap!.toMs - 5);
  });

  it('is refused by ProbeError when the agent is not the expected one', async () => {
    const pod = agents.start('a', SELF, []);
    const { error } = await attachTo(agents, [{ ...pod, name: 'x/other' }]).then(
      () => ({ error: undefined }),
      (thrown) => ({ error: thrown }),
    );
    expect(error).to.include({ code: 'agent-unreachable', pod: 'x/other', exitCode: 3 });
    expect(error.message).to.include('answers as x/a');
  });
});
