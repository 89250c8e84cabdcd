import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect } from 'chai';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { probeOf } from '../../../support/probe-events.ts';

/** A name server that answers as told, with the query's own question. */
async function nameServer(answer: (name: string) => { code: number; address?: string }, askedFrom: number[]) {
  const socket = createSocket('udp4');
  socket.on('message', (query, peer) => {
    askedFrom.push(peer.port);
    const labels: string[] = [];
    let at = 12;
    for (; query[at] !== 0; at += query[at]! + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    const question = query.subarray(12, at + 5);
    const { code, address } = answer(labels.join('.'));
    const header = Buffer.from([query[0]!, query[1]!, 0x81, 0x80 | code, 0, 1, 0, address ? 2 : 0, 0, 0, 0, 0]);
    const alias = Buffer.from([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 5, 0, 2, 0xc0, 12]);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...(address ?? '').split('.').map(Number)]);
    socket.send(Buffer.concat([header, question, ...(address ? [alias, record] : [])]), peer.port, peer.address);
  });
  socket.bind(0, loopback(3));
  await once(socket, 'listening');
  return socket;
}

describe('an agent that dials a name', () => {
  const agents = new LocalAgents();
  after(() => agents[Symbol.asyncDispose]());

  it('asks anew, from a new port, for each attempt, and dials the address; or says why it has none', async () => {
    const asked: string[] = [];
    const askedFrom: number[] = [];
    const server = await nameServer((name) => {
      asked.push(name);
      return name === 'web.x.svc.cluster.local' ? { code: 0, address: loopback(2) } : { code: 3 };
    }, askedFrom);
    agents.stack.defer(() => server.close());
    const ports = [{ port: 8080, protocol: 'TCP' }] as const;
    const resolver = {
      host: loopback(3),
      port: server.address().port,
      search: ['svc.cluster.local', 'none'],
      ndots: 2,
    };
    const pods = [agents.start('a', loopback(1), [], { resolver }), agents.start('b', loopback(2), ports)];
    const { session, events } = await attachTo(agents, pods);
    await session.schedule([
      probeOf({ id: 1, host: 'web.x.svc.cluster.local', cell: { port: 8080, path: 'dns' } }),
      probeOf({ id: 2, host: 'none.x.svc.cluster.local', cell: { port: 8080, path: 'dns' } }),
      probeOf({ id: 3, host: 'web.x', cell: { port: 8080, path: 'dns' } }),
      probeOf({ id: 4, host: 'web.', cell: { port: 8080, path: 'dns' } }),
    ]);
    await events.until(() => [1, 2, 3, 4].every((id) => events.attempts(id).length > 3));
    await session[Symbol.asyncDispose]();
    for (const attempt of events.attempts(1)) expect(attempt).to.include({ outcome: 'open', answeredBy: 'x/b' });
    for (const attempt of events.attempts(3)) expect(attempt).to.include({ outcome: 'open', answeredBy: 'x/b' });
    for (const attempt of [...events.attempts(2), ...events.attempts(4)]) {
      expect(attempt).to.include({ outcome: 'unresolved', detail: 'NXDOMAIN' });
    }
    expect(new Set(asked)).to.deep.equal(
      new Set([
        'web.x.svc.cluster.local',
        'none.x.svc.cluster.local',
        'none.x.svc.cluster.local.svc.cluster.local',
        'none.x.svc.cluster.local.none',
        'web',
      ]),
    );
    expect(new Set(askedFrom).size).to.equal(askedFrom.length).and.be.at.least(8);
  });

  it('says unresolved when the name server is silent or refuses', async () => {
    const silent = createSocket('udp4');
    silent.bind(0, loopback(3));
    await once(silent, 'listening');
    agents.stack.defer(() => silent.close());
    const cases = [
      { name: 'c', port: silent.address().port, detail: `no answer from ${loopback(3)}` },
      { name: 'd', port: 1, detail: 'ECONNREFUSED' },
    ];
    for (const { name, port, detail } of cases) {
      const pod = agents.start(name, loopback(4), [], {
        resolver: { host: loopback(3), port, search: [], ndots: 1 },
      });
      const { session, events } = await attachTo(agents, [pod]);
      await session.schedule([
        probeOf({ id: 1, host: 'web', timeoutMs: 250, cell: { from: `x/${name}`, path: 'dns' } }),
      ]);
      await events.until(() => events.attempts(1).length > 0);
      await session[Symbol.asyncDispose]();
      await agents.kill(name);
      expect(events.attempts(1)[0]).to.include({ outcome: 'unresolved', detail });
    }
  });
});
