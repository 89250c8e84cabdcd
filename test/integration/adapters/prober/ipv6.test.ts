import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents } from '../../../support/local-agents.ts';
import { probeOf } from '../../../support/probe-events.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));

const PORT = 20_000 + (process.pid % 20_000);

describe('an agent on IPv6', () => {
  it('serves and dials', async function () {
    if (!hasIPv6) this.skip();
    await using agents = new LocalAgents();
    const ports = [
      { port: PORT, protocol: 'TCP' },
      { port: PORT, protocol: 'UDP' },
    ] as const;
    const { session, events } = await attachTo(agents, [agents.start('a', '::1', ports)]);
    const common = { host: '::1', identities: ['x/a'] };
    await session.schedule([
      probeOf({ ...common, id: 1, cell: { port: PORT, family: 'IPv6' } }),
      probeOf({ ...common, id: 2, cell: { port: PORT, family: 'IPv6', protocol: 'UDP' } }),
      probeOf({ ...common, id: 3, cell: { port: PORT + 1, family: 'IPv6', protocol: 'UDP' } }),
    ]);
    await events.until(() => [1, 2, 3].every((id) => events.attempts(id).length > 0));
    await session[Symbol.asyncDispose]();
    const open = { outcome: 'open', answeredBy: 'x/a', sourceSeen: '::1' };
    expect(events.attempts(1)[0]).to.include(open);
    expect(events.attempts(2)[0]).to.include(open);
    expect(events.attempts(3)[0]).to.include({ outcome: 'refused', detail: 'ECONNREFUSED' });
    expect(events.of('canary').every(({ attempt }) => attempt.outcome === 'open')).to.equal(true);
  });
});
