import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import type { ProbeSession } from '../../../../src/ports/prober.ts';
import { attachTo } from '../../../support/agent-session.ts';
import type { Fault, FaultProxyConfig } from '../../../support/fault-proxy/fault-proxy.mts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';
import { type ProbeEvents, probeOf } from '../../../support/probe-events.ts';

const HOST = loopback(2);
const TIMEOUT_MS = 900;
const program = fileURLToPath(new URL('../../../support/fault-proxy/fault-proxy.mts', import.meta.url));

describe('attempts through a fault proxy', () => {
  const agents = new LocalAgents();
  let session: ProbeSession;
  let events: ProbeEvents;

  before(async () => {
    const ports = [
      { port: 8080, protocol: 'TCP' },
      { port: 8080, protocol: 'UDP' },
    ] as const;
    const pods = [agents.start('a', loopback(1), []), agents.start('b', HOST, ports)];
    ({ session, events } = await attachTo(agents, pods));
  });
  after(() => agents[Symbol.asyncDispose]());

  /** Attempts since the proxy listens. */
  async function attemptsThrough(id: number, protocol: 'TCP' | 'UDP', fault: Fault, count: number): Promise<Attempt[]> {
    const port = 9000 + id;
    const config: FaultProxyConfig = { listen: HOST, port, protocol, fault, upstream: { host: HOST, port: 8080 } };
    const proxy = spawn(process.execPath, [program, JSON.stringify([config])], { stdio: 'inherit' });
    agents.stack.defer(() => proxy.kill());
    await session.schedule([
      probeOf({ id, host: HOST, intervalMs: 10, timeoutMs: TIMEOUT_MS, cell: { port, protocol } }),
    ]);
    const up = (): Attempt[] => {
      const attempts = events.attempts(id).toSorted((a, b) => a.sentMs - b.sentMs);
      const first = attempts.findIndex(({ outcome, handshake }) => outcome !== 'refused' || handshake);
      // Answers are told before silences of the same time: only what is old enough to be complete counts.
      const complete = (attempts.at(-1)?.sentMs ?? 0) - TIMEOUT_MS;
      return first < 0 ? [] : attempts.slice(first).filter(({ sentMs }) => sentMs <= complete);
    };
    await events.until(() => up().length >= count);
    return up().slice(0, count);
  }
  const share = (attempts: readonly Attempt[], outcome: Attempt['outcome']): number =>
    attempts.filter((attempt) => attempt.outcome === outcome).length / attempts.length;

  it('that does nothing are open', async () => {
    const attempts = await attemptsThrough(1, 'TCP', { kind: 'none' }, 10);
    expect(share(attempts, 'open'), JSON.stringify(attempts)).to.equal(1);
  });

  it('that drops 90 % are dropped in that share', async () => {
    const attempts = await attemptsThrough(2, 'UDP', { kind: 'drop', share: 0.9 }, 60);
    expect(share(attempts, 'dropped')).to.be.closeTo(0.9, 0.05);
    expect(share(attempts, 'open')).to.be.closeTo(0.1, 0.05);
  });

  it('that flaps are dropped for as long as it does', async () => {
    const attempts = await attemptsThrough(3, 'UDP', { kind: 'flap', everyMs: 400, forMs: 100 }, 120);
    const dropped = attempts.filter(({ outcome }) => outcome === 'dropped').map(({ sentMs }) => sentMs);
    const starts = dropped.filter((at, index) => index === 0 || at - dropped[index - 1]! > 150);
    expect(starts.length).to.be.within(2, 4);
    expect(share(attempts, 'dropped')).to.be.closeTo(0.25, 0.12);
  });

  for (const protocol of ['TCP', 'UDP'] as const) {
    it(`that answers as somebody else are misrouted (${protocol})`, async () => {
      const fault = { kind: 'stranger', identity: 'x/c' } as const;
      const attempts = await attemptsThrough(protocol === 'TCP' ? 4 : 5, protocol, fault, 10);
      expect(share(attempts, 'misrouted')).to.equal(1);
      expect(attempts[0]).to.include({ answeredBy: 'x/c' });
    });
  }

  it('that resets are refused after a handshake', async () => {
    const attempts = await attemptsThrough(6, 'TCP', { kind: 'reset' }, 10);
    for (const attempt of attempts) expect(attempt).to.include({ outcome: 'refused', handshake: true });
  });
});
