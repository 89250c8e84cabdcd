import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { ProbeSession } from '../../../../src/ports/prober.ts';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { type ProbeEvents, probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

const SELF = loopback(1);

describe('what an agent tells of itself', () => {
  const agents = new LocalAgents();
  const ports = [
    { port: 8080, protocol: 'TCP' },
    { port: 8081, protocol: 'UDP' },
  ] as const;
  let session: ProbeSession;
  let events: ProbeEvents;
  before(async () => {
    ({ session, events } = await attachTo(agents, [agents.start('a', SELF, ports)]));
  });
  after(() => agents[Symbol.asyncDispose]());

  it('is alive, dials itself, and has its ports bound', async () => {
    const begun = systemClock.now();
    await events.until(() => events.of('heartbeat').length > 5 && events.of('canary').length > 2);
    const told = events.of('heartbeat').at(-1)!.bound;
    expect(told.map(({ port, protocol }) => ({ port, protocol }))).to.have.deep.members(ports);
    for (const { sinceMs } of told) expect(sinceMs).to.be.within(begun - 10_000, begun);
    for (const { attempt } of events.of('canary')) {
      expect(attempt).to.include({ outcome: 'open', answeredBy: 'x/a' });
    }
    const times = events.of('heartbeat').map(({ atMs }) => atMs);
    expect(times.every((at) => at > begun - 1000 && at < systemClock.now())).to.equal(true);
  });

  it('says how late it was after it was stopped, in heartbeats and attempts', async () => {
    await session.schedule([probeOf({ id: 1, host: SELF, identities: ['x/a'], timeoutMs: 250, cell: { port: 8080 } })]);
    await events.until(() => events.attempts(1).length > 5);
    agents.send('a', 'SIGSTOP');
    await systemClock.sleep(400);
    agents.send('a', 'SIGCONT');
    await events.until(() => events.of('heartbeat').some(({ latenessMs }) => latenessMs > 300));
    const seen = events.attempts(1).length;
    await events.until(() => events.attempts(1).length > seen + 3);
    expect(events.attempts(1).some(({ latenessMs }) => latenessMs > 300)).to.equal(true);
    const silent = events.attempts(1).filter(({ outcome }) => outcome !== 'open');
    expect(silent.every(({ latenessMs }) => latenessMs > 100)).to.equal(true);
  });

  it('hears an answer that came while it was stopped once, and lives on', async () => {
    const server = createSocket('udp4');
    agents.stack.defer(() => server.close());
    await new Promise<void>((listening) => server.bind(0, SELF, listening));
    server.once('message', async (_, { port, address }) => {
      agents.send('a', 'SIGSTOP');
      await systemClock.sleep(50);
      server.send('netproof-identity: x/s\n', port, address);
      await systemClock.sleep(600);
      agents.send('a', 'SIGCONT');
    });
    const cell = { port: server.address().port, protocol: 'UDP' } as const;
    const probe = probeOf({ id: 2, host: SELF, identities: ['x/s'], intervalMs: 10_000, timeoutMs: 250, cell });
    await session.schedule([probe]);
    await events.until(() => events.attempts(2).length > 0);
    const beats = events.of('heartbeat').length;
    await events.until(() => events.of('heartbeat').length > beats + 3);
    expect(events.attempts(2).map(({ outcome }) => outcome)).to.deep.equal(['open']);
  });

  it('says how late it was between its greeting and its start', async () => {
    agents.start('b', loopback(8), []);
    const exec = await agents.cluster.exec({ namespace: 'np-x', name: 'b' }, []);
    const lines = createInterface({ input: exec.stdout })[Symbol.asyncIterator]();
    const next = async (kind: string): Promise<{ readonly late: number }> => {
      for (;;) {
        const line = JSON.parse((await lines.next()).value ?? '');
        if (line.kind === kind) return line;
      }
    };
    await next('hello');
    agents.send('b', 'SIGSTOP');
    await systemClock.sleep(600);
    agents.send('b', 'SIGCONT');
    await systemClock.sleep(300);
    exec.stdin.write('{"do":"start"}\n');
    expect((await next('heartbeat')).late).to.be.above(300);
  });

  it('ends badly where it is told to fail', async () => {
    await attachTo(agents, [agents.start('failing', loopback(9), [])]);
    expect(await agents.kill('failing', 'SIGUSR2')).to.equal(1);
  });

  it('ends by itself on SIGTERM, which the first process of a container gets no default for', async () => {
    await session[Symbol.asyncDispose]();
    expect(await agents.kill('a', 'SIGTERM')).to.equal(0);
  });
});
