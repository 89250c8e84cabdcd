import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import type { ProbePod } from '../../../../src/ports/prober.ts';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

const SELF = loopback(1);
const served = [{ port: 8080, protocol: 'TCP' }] as const;
const probe = (id: number, intervalMs: number) =>
  probeOf({ id, host: SELF, intervalMs, identities: ['x/a'], cell: { port: 8080 } });

const plannedMs = ({ sentMs, latenessMs }: Attempt): number => sentMs - latenessMs;

describe('the schedule of an agent', () => {
  const agents = new LocalAgents();
  let pod: ProbePod;
  before(() => {
    pod = agents.start('a', SELF, served);
  });
  after(() => agents[Symbol.asyncDispose]());

  it('keeps the cadence of probes that stay while others come and go', async () => {
    const { session, events } = await attachTo(agents, [pod]);
    for (const others of [[], [2, 3], [3, 4, 5], [], [6]]) {
      await session.schedule([probe(1, 50), ...others.map((id) => probe(id, 30))]);
      await systemClock.sleep(165);
    }
    await session.schedule([]);
    await session[Symbol.asyncDispose]();
    const planned = events.attempts(1).map(plannedMs);
    const worst = Math.max(...events.attempts(1).map(({ errorMs }) => errorMs));
    const intervals = planned.map((at) => (at - planned[0]!) / 50);
    for (const count of intervals) expect(Math.abs(count - Math.round(count)) * 50).to.be.at.most(2 * worst + 0.1);
  });

  it('spreads the starts of probes over their interval', async () => {
    const { session, events } = await attachTo(agents, [pod]);
    const ids = Array.from({ length: 20 }, (_, index) => index + 1);
    await session.schedule(ids.map((id) => probe(id, 400)));
    await events.until(() => ids.every((id) => events.attempts(id).length > 0));
    await session[Symbol.asyncDispose]();
    const first = ids.map((id) => plannedMs(events.attempts(id)[0]!)).toSorted((a, b) => a - b);
    const pauses = first.slice(1).map((at, index) => at - first[index]!);
    expect(Math.max(...pauses)).to.be.below(60);
  });

  it('ends with the session', async () => {
    const { session, events } = await attachTo(agents, [pod]);
    await session.schedule([probe(1, 20)]);
    await events.until(() => events.attempts(1).length > 3);
    await session[Symbol.asyncDispose]();
    const again = await attachTo(agents, [pod]);
    await again.session.schedule([probe(2, 20)]);
    await again.events.until(() => again.events.attempts(2).length > 5);
    await again.session[Symbol.asyncDispose]();
    expect(again.events.attempts(1)).to.deep.equal([]);
  });

  it('never dials twice from one source port', async () => {
    const ports: number[] = [];
    const server = createServer((socket) => {
      ports.push(socket.remotePort!);
      socket.on('error', () => {});
      socket.end('netproof-identity: x/b\n');
    }).listen(0, loopback(2));
    agents.stack.defer(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const run = async () => {
      const { session, events } = await attachTo(agents, [pod]);
      await session.schedule([
        probeOf({ id: 1, host: loopback(2), intervalMs: 5, cell: { port } }),
        probeOf({ id: 2, host: loopback(2), intervalMs: 5, cell: { port } }),
      ]);
      await events.until(() => events.attempts(1).length > 100);
      await session[Symbol.asyncDispose]();
    };
    await run();
    await agents.kill('a');
    agents.start('a', SELF, served);
    await run();
    expect(ports.length).to.be.above(200);
    expect(new Set(ports).size).to.equal(ports.length);
  });

  it('refuses a probe from a pod that is not attached', async () => {
    const { session } = await attachTo(agents, [pod]);
    const { error } = await session.schedule([probeOf({ id: 1, host: SELF, cell: { from: 'x/none' } })]).then(
      () => ({ error: undefined }),
      (thrown) => ({ error: thrown }),
    );
    expect(error).to.include({ code: 'pod-not-attached', pod: 'x/none' });
    await session[Symbol.asyncDispose]();
  });
});
