import { expect } from 'chai';
import { wgetProber } from '../../../../src/adapters/prober/wget.ts';
import type { ProbeSession } from '../../../../src/ports/prober.ts';
import { LocalShell } from '../../../support/local-shell.ts';
import { ProbeEvents, probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

/** Says what BusyBox says, by host; `slow` takes as long as a time-out. */
const WORDS = `
[ "$1 $2" = "-qO- --timeout=2" ] || { echo "usage" >&2; exit 3; }
case "$3" in
  http://web) printf '<!doctype html>\\n<p>netproof-identity: x/b</p>\\n' ;;
  http://web:8080) printf 'netproof-source: 10.0.0.7\\nnetproof-identity: x/c\\n' ;;
  'http://[fd00::1]') echo '<h1>Welcome \\n</h1>' ;;
  http://slow) sleep 2; echo 'wget: download timed out' >&2; exit 1 ;;
  http://closed) echo "wget: can't connect to remote host (10.0.0.1): Connection refused" >&2; exit 1 ;;
  http://none) echo "wget: bad address 'none'" >&2; exit 1 ;;
  http://killed) kill -9 $$ ;;
esac`;

const cell = { method: 'wget' as const, path: 'dns' as const };

describe('the literal wget', () => {
  const pod = { name: 'x/a', ref: { namespace: 'np-x', name: 'a' }, method: 'wget' as const };
  let shell: LocalShell;
  let events: ProbeEvents;
  const attach = (): Promise<ProbeSession> =>
    wgetProber({ cluster: shell.cluster, clock: systemClock }).attach([pod], events.add, {
      signal: new AbortController().signal,
    });

  beforeEach(() => {
    shell = new LocalShell();
    shell.program('wget', WORDS);
    events = new ProbeEvents();
  });
  afterEach(() => shell[Symbol.dispose]());

  it('tells outcomes apart by its words, cells at once and each one after another', async () => {
    await using session = await attach();
    const hosts = ['web', 'slow', 'closed', 'none', 'killed', 'fd00::1'];
    await session.schedule([
      ...hosts.map((host, id) => probeOf({ id, host, intervalMs: 100, nameless: true, cell: { ...cell, port: 80 } })),
      probeOf({ id: 9, host: 'web', intervalMs: 100, cell: { ...cell, port: 8080 } }),
    ]);
    await events.until(() => events.attempts(1).length > 0);
    const first = (id: number) => events.attempts(id)[0]!;
    expect(first(0)).to.include({ outcome: 'open', answeredBy: 'x/b' });
    expect(first(1)).to.include({ outcome: 'dropped', detail: 'wget: download timed out' });
    expect(first(2)).to.include({ outcome: 'refused' });
    expect(first(3)).to.include({ outcome: 'unresolved', detail: "wget: bad address 'none'" });
    expect(first(4)).to.include({ outcome: 'inconclusive', detail: 'exit code 137' });
    expect(first(5)).to.include({ outcome: 'open' }).and.not.to.have.property('answeredBy');
    expect(first(9)).to.include({ outcome: 'misrouted', answeredBy: 'x/c', sourceSeen: '10.0.0.7' });
    expect(events.attempts(0).length, 'attempts while one timed out').to.be.above(4);
    const { sentMs, errorMs, durationMs } = first(1);
    expect(sentMs + errorMs + 2000, 'sent at least 2 s before its end').to.be.at.most(sentMs + durationMs + 0.001);
  });

  it('goes on after a lost stream, and what was under way is inconclusive', async () => {
    await using session = await attach();
    await session.schedule([probeOf({ id: 1, host: 'slow', intervalMs: 50, cell: { ...cell, port: 80 } })]);
    await systemClock.sleep(300);
    shell.cutStreams();
    await events.until(() => events.attempts(1).length > 1);
    const [lost, next] = events.attempts(1);
    expect(lost).to.include({ outcome: 'inconclusive' });
    expect(next).to.include({ outcome: 'dropped' });
    expect(events.of('gap')).to.have.length(1);
  });

  it('gives the pod up when its shell stays away', async () => {
    const SPEED = 40;
    const impatient = {
      now: () => systemClock.now() * SPEED,
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / SPEED, signal),
    };
    const prober = wgetProber({ cluster: shell.cluster, clock: impatient });
    await using session = await prober.attach([pod], events.add, { signal: new AbortController().signal });
    await session.schedule([probeOf({ id: 1, host: 'web', intervalMs: 50, cell: { ...cell, port: 80 } })]);
    await events.until(() => events.attempts(1).length > 0);
    shell.refusal = new Error('pod not found');
    shell.cutStreams();
    await events.until(() => events.of('lost').length > 0);
    expect(events.of('lost')[0]!.cause).to.include('pod not found');
    expect(events.attempts(1).filter(({ outcome }) => outcome !== 'open' && outcome !== 'inconclusive')).to.be.empty;
  });

  it('stops attempts that are no longer scheduled', async () => {
    await using session = await attach();
    await session.schedule([probeOf({ id: 1, host: 'web', intervalMs: 20, cell: { ...cell, port: 80 } })]);
    await events.until(() => events.attempts(1).length > 2);
    await session.schedule([probeOf({ id: 2, host: 'web', intervalMs: 20, cell: { ...cell, port: 80 } })]);
    await events.until(() => events.attempts(2).length > 0);
    const known = events.attempts(1).length;
    await events.until(() => events.attempts(2).length > 5);
    expect(events.attempts(1).length).to.be.at.most(known + 1);
  });
});
