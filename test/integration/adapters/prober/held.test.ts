import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import type { Probe, ProbeSession } from '../../../../src/ports/prober.ts';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { type ProbeEvents, probeOf } from '../../../support/probe-events.ts';

const SELF = loopback(1);
const HOST = loopback(2);
const KEPT = 1_000_000;
const AGAIN = KEPT + 1;

describe('connections that an agent holds open', () => {
  let agents: LocalAgents;
  let session: ProbeSession;
  let events: ProbeEvents;

  beforeEach(async () => {
    agents = new LocalAgents();
    const ports = (['TCP', 'UDP'] as const).map((protocol) => ({ port: 8080, protocol }));
    const pods = [agents.start('a', SELF, []), agents.start('b', HOST, ports)];
    ({ session, events } = await attachTo(agents, pods));
    await events.until(() => events.of('heartbeat').some(({ pod, bound }) => pod === 'x/b' && bound.length === 2));
  });
  afterEach(() => agents[Symbol.asyncDispose]());

  const keep = (cell: Partial<Probe['cell']>, timeoutMs = 5_000): Probe =>
    probeOf({ id: KEPT, host: HOST, intervalMs: 20, timeoutMs, hold: 'keep', cell });
  const again = (cell: Partial<Probe['cell']>): Probe =>
    probeOf({ id: AGAIN, host: HOST, intervalMs: 20, hold: { again: KEPT }, cell });
  const outcomes = (): readonly string[] => events.attempts(KEPT).map(({ outcome }) => outcome);

  for (const protocol of ['TCP', 'UDP'] as const) {
    it(`${protocol}: are answered again and again by the one who has them`, async () => {
      await session.schedule([keep({ port: 8080, protocol })]);
      await events.until(() => events.attempts(KEPT).length > 10);
      expect(new Set(outcomes())).to.deep.equal(new Set(['open']));
      expect(events.attempts(KEPT)[0]).to.include({ answeredBy: 'x/b' });
    });

    it(`${protocol}: are silent while nothing comes back, and go on after it`, async () => {
      await session.schedule([keep({ port: 8080, protocol }, 300)]);
      await events.until(() => outcomes().includes('open'));
      agents.send('b', 'SIGSTOP');
      await events.until(() => outcomes().slice(-3).join() === 'dropped,dropped,dropped');
      agents.send('b', 'SIGCONT');
      await events.until(() => outcomes().at(-1) === 'open');
      expect(new Set(outcomes())).to.deep.equal(new Set(['open', 'dropped']));
    });

    it(`${protocol}: are refused once the other side is gone`, async () => {
      await session.schedule([keep({ port: 8080, protocol })]);
      await events.until(() => outcomes().includes('open'));
      await agents.kill('b');
      await events.until(() => outcomes().slice(-3).join() === 'refused,refused,refused');
    });
  }

  it('are one connection, from one source port, which is dialled again once it is closed', async () => {
    const seen: { readonly port: number; readonly text: string }[] = [];
    const server = createServer((socket: Socket) => {
      const { remotePort = 0 } = socket;
      socket.on('error', () => {});
      socket.on('data', (data) => {
        const text = data.toString();
        seen.push({ port: remotePort, text });
        const hold = /netproof-hold \d+/.exec(text)?.[0] ?? '';
        socket.write(`netproof-identity: x/b\n${hold}\n`);
      });
    }).listen(9090, HOST);
    agents.stack.defer(() => server.close());
    await once(server, 'listening');
    await session.schedule([keep({ port: 9090 })]);
    await events.until(() => events.attempts(KEPT).length > 5);
    expect(events.attempts(AGAIN)).to.deep.equal([]);
    await session.schedule([again({ port: 9090 })]);
    await events.until(() => events.attempts(AGAIN).length > 0);
    await session.schedule([]);
    expect(events.attempts(AGAIN).map(({ outcome }) => outcome)).to.deep.equal(['open']);
    expect(new Set(seen.map(({ port }) => port)).size, 'source ports').to.equal(1);
    expect(seen.filter(({ text }) => text.startsWith('GET '))).to.have.length(1);
  });

  for (const protocol of ['TCP', 'UDP'] as const) {
    it(`${protocol}: are opened and dialled from the source port that is asked for, and tell theirs`, async () => {
      const cell = { port: 8080, protocol };
      await session.schedule([keep(cell)]);
      await events.until(() => outcomes().includes('open'));
      expect(events.attempts(KEPT)[0]?.sourcePort).to.be.within(10_000, 65_535);
      await session.schedule([{ ...keep(cell), id: KEPT + 2, sourcePort: 5_123 }]);
      await events.until(() => events.attempts(KEPT + 2).some(({ outcome }) => outcome === 'open'));
      expect(events.attempts(KEPT + 2)[0]).to.include({ sourcePort: 5_123 });
      await session.schedule([{ ...again(cell), sourcePort: 5_124 }]);
      await events.until(() => events.attempts(AGAIN).length > 0);
      expect(events.attempts(AGAIN)[0]).to.include({ outcome: 'open' });
      if (protocol === 'UDP') expect(events.attempts(AGAIN)[0]).to.include({ sourcePort: 5_124 });
    });
  }

  it('are opened anew for the next step, from another source port', async () => {
    const ports = new Set<number>();
    const server = createServer((socket: Socket) => {
      ports.add(socket.remotePort!);
      socket.on('error', () => {});
      socket.on('data', (data) => {
        for (const [question] of data.toString().matchAll(/netproof-hold \d+/g)) {
          socket.write(`netproof-identity: x/b\n${question}\n`);
        }
      });
    }).listen(9091, HOST);
    agents.stack.defer(() => server.close());
    await once(server, 'listening');
    for (const step of [1, 2]) {
      await session.schedule([keep({ port: 9091 })]);
      await events.until(() => ports.size === step && outcomes().length > 5 * step);
      await session.schedule([]);
    }
    expect(new Set(outcomes())).to.deep.equal(new Set(['open']));
  });

  it('that were never opened cannot be dialled again, which is told', async () => {
    await session.schedule([again({ port: 8080 })]);
    await events.until(() => events.attempts(AGAIN).length > 0);
    expect(events.attempts(AGAIN)[0]).to.include({ outcome: 'inconclusive' });
  });

  it('that nobody takes are refused', async () => {
    await session.schedule([keep({ port: 8099 })]);
    await events.until(() => outcomes().length > 2);
    expect(new Set(outcomes())).to.deep.equal(new Set(['refused']));
  });
});
