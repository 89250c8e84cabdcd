import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import type { Cell } from '../../../../src/core/matrix/cell.ts';
import type { Probe, ProbeSession } from '../../../../src/ports/prober.ts';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { type ProbeEvents, probeOf } from '../../../support/probe-events.ts';

const HOST = loopback(2);

async function serve(onSocket: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return { server, port: (server.address() as { port: number }).port };
}

/**
 * A listener whose queue is full drops SYNs: its process is stopped, so nobody takes connections out of it. `empty` lets it
 * go on, and it answers.
 */
async function fullListener(agents: LocalAgents): Promise<{ readonly port: number; readonly empty: () => void }> {
  const program = `require('net').createServer((socket) => socket.on('error', () => {}).end('netproof-identity: x/b\\n'))
    .listen({ port: 0, host: '${HOST}', backlog: 1 }, function () { console.log(this.address().port) })`;
  const stopped = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  agents.stack.defer(() => stopped.kill('SIGKILL'));
  const [line] = await once(stopped.stdout, 'data');
  const port = Number(line);
  stopped.kill('SIGSTOP');
  const fillers = [1, 2, 3].map(() => connect(port, HOST).on('error', () => {}));
  const empty = (): void => {
    for (const filler of fillers) filler.destroy();
    stopped.kill('SIGCONT');
  };
  agents.stack.defer(empty);
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, 'connect')));
  return { port, empty };
}

describe('outcomes of an agent’s attempts, on real sockets', () => {
  const agents = new LocalAgents();
  let session: ProbeSession;
  let events: ProbeEvents;
  let probes = 0;

  before(async () => {
    const ports = [
      { port: 8080, protocol: 'TCP' },
      { port: 8080, protocol: 'UDP' },
      { port: 8081, protocol: 'TCP', payloadBytes: 20_000 },
      { port: 8081, protocol: 'UDP', payloadBytes: 20_000 },
    ] as const;
    const pods = [agents.start('a', loopback(1), []), agents.start('b', HOST, ports)];
    ({ session, events } = await attachTo(agents, pods));
  });
  after(() => agents[Symbol.asyncDispose]());

  /** The first attempt of a new probe from x/a. */
  async function firstAttempt(fields: Omit<Partial<Probe>, 'cell'> & { cell: Partial<Cell> }) {
    probes += 1;
    const id = probes;
    await session.schedule([probeOf({ id, host: HOST, ...fields })]);
    await events.until(() => events.attempts(id).length > 0);
    return events.attempts(id)[0]!;
  }

  for (const protocol of ['TCP', 'UDP'] as const) {
    it(`${protocol}: open when the right destination answers, with the source that it saw`, async () => {
      const attempt = await firstAttempt({ cell: { port: 8080, protocol } });
      expect(attempt).to.include({ outcome: 'open', answeredBy: 'x/b', sourceSeen: '127.0.0.1' });
    });

    it(`${protocol}: misrouted when somebody else answers`, async () => {
      const attempt = await firstAttempt({ cell: { port: 8080, protocol }, identities: ['x/c'] });
      expect(attempt).to.include({ outcome: 'misrouted', answeredBy: 'x/b' });
    });

    it(`${protocol}: refused when nobody listens`, async () => {
      const attempt = await firstAttempt({ cell: { port: 8999, protocol } });
      expect(attempt).to.include({ outcome: 'refused', detail: 'ECONNREFUSED' }).and.not.to.have.property('handshake');
    });
  }

  for (const protocol of ['TCP', 'UDP'] as const) {
    it(`${protocol}: open when a large answer comes back whole`, async () => {
      const attempt = await firstAttempt({ cell: { port: 8081, protocol }, payloadBytes: 20_000 });
      expect(attempt).to.include({ outcome: 'open', answeredBy: 'x/b' });
    });
  }

  it('not open when less comes back than a large answer has', async () => {
    const { server, port } = await serve((socket) => socket.write('netproof-identity: x/b\n'));
    agents.stack.defer(() => server.close());
    const attempt = await firstAttempt({ cell: { port }, payloadBytes: 20_000, timeoutMs: 300 });
    expect(attempt).to.include({ outcome: 'dropped', handshake: true });
  });

  it('misrouted when a page without identity answers, but open, unverified, where the destination has none', async () => {
    const { server, port } = await serve((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n<h1>Welcome</h1>\n'));
    agents.stack.defer(() => server.close());
    expect(await firstAttempt({ cell: { port } })).to.include({ outcome: 'misrouted' });
    const attempt = await firstAttempt({ cell: { port }, nameless: true });
    expect(attempt.outcome).to.equal('open');
    expect(attempt).not.to.have.property('answeredBy');
  });

  it('open when an HTML page carries the identity, in pieces', async () => {
    const { server, port } = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n<p>netproof-identity: x/');
      setTimeout(() => socket.write('b</p>'), 20);
    });
    agents.stack.defer(() => server.close());
    expect(await firstAttempt({ cell: { port } })).to.include({ outcome: 'open', answeredBy: 'x/b' });
  });

  it('UDP: dropped when nothing comes back', async () => {
    const silent = createSocket('udp4');
    agents.stack.defer(() => silent.close());
    silent.bind(0, HOST);
    await once(silent, 'listening');
    const attempt = await firstAttempt({ cell: { port: silent.address().port, protocol: 'UDP' }, timeoutMs: 250 });
    expect(attempt).to.include({ outcome: 'dropped' });
    expect(attempt.durationMs).to.be.at.least(249);
  });

  it('TCP: dropped, without a handshake, when the SYN gets no answer', async () => {
    const { port } = await fullListener(agents);
    const attempt = await firstAttempt({ cell: { port }, timeoutMs: 250 });
    expect(attempt).to.include({ outcome: 'dropped' }).and.not.to.have.property('handshake');
  });

  /** All that is told of the first attempt of a new probe: an attempt that comes through late is told of twice. */
  async function firstTwice(fields: Omit<Partial<Probe>, 'cell'> & { cell: Partial<Cell> }, between = () => {}) {
    const first = await firstAttempt({ intervalMs: 10_000, ...fields });
    between();
    const id = probes;
    await events.until(() => events.attempts(id).length > 1);
    return [first, events.attempts(id)[1]!] as const;
  }

  it('TCP: dropped, then open, when what stops the first SYN lets the second one through', async () => {
    const full = await fullListener(agents);
    const [first, again] = await firstTwice({ cell: { port: full.port }, timeoutMs: 250 }, full.empty);
    expect(first).to.include({ outcome: 'dropped' });
    expect(again).to.include({ outcome: 'open', answeredBy: 'x/b', repeated: true });
    expect(again.sentMs).to.be.closeTo(first.sentMs, 50);
    expect(again.durationMs).to.be.within(900, 1_400);
  });

  it('UDP: dropped, then open, when what stops the first datagram lets the second one through', async () => {
    const server = createSocket('udp4');
    agents.stack.defer(() => server.close());
    const seen = new Set<number>();
    server.on('message', (_, { port, address }) => {
      if (seen.has(port)) server.send('netproof-identity: x/b\n', port, address);
      seen.add(port);
    });
    server.bind(0, HOST);
    await once(server, 'listening');
    const [first, again] = await firstTwice({ cell: { port: server.address().port, protocol: 'UDP' }, timeoutMs: 250 });
    expect(first).to.include({ outcome: 'dropped' });
    expect(again).to.include({ outcome: 'open', answeredBy: 'x/b', repeated: true });
    expect(again.sentMs).to.be.closeTo(first.sentMs, 50);
  });

  it('UDP: the pod that a datagram reached tells of it, by sender and source port', async () => {
    const attempt = await firstAttempt({ cell: { port: 8080, protocol: 'UDP' } });
    const told = () => events.arrivals('x/b').find(({ sourcePorts }) => sourcePorts.includes(attempt.sourcePort!));
    await events.until(() => told() !== undefined);
    expect(told()).to.include({ from: 'x/a', port: 8080 });
  });

  it('TCP: inconclusive when the kernel says at once that there is no way to the address', async () => {
    const attempt = await firstAttempt({ host: '224.0.0.1', cell: { port: 80 } });
    expect(attempt).to.include({ outcome: 'inconclusive', detail: 'ENETUNREACH' });
  });

  it('TCP: dropped, with the handshake told, when the server accepts and says nothing', async () => {
    const { server, port } = await serve(() => {});
    agents.stack.defer(() => server.close());
    expect(await firstAttempt({ cell: { port }, timeoutMs: 250 })).to.include({ outcome: 'dropped', handshake: true });
  });

  it('TCP: refused, with the handshake told, when the server accepts and resets', async () => {
    const { server, port } = await serve((socket) => socket.resetAndDestroy());
    agents.stack.defer(() => server.close());
    const attempt = await firstAttempt({ cell: { port } });
    expect(attempt).to.include({ outcome: 'refused', handshake: true });
  });

  it('TCP: refused, with the handshake told, when the server accepts and closes', async () => {
    const { server, port } = await serve((socket) => socket.end());
    agents.stack.defer(() => server.close());
    expect(await firstAttempt({ cell: { port } })).to.include({ outcome: 'refused', handshake: true });
  });
});
