import { expect } from 'chai';
import type { Attempt } from '../../../src/core/matrix/outcome.ts';
import { HealthLog } from '../../../src/engine/agent-health.ts';

const heartbeat = (atMs: number, latenessMs = 0, ports = [80], sinceMs = atMs) =>
  ({
    kind: 'heartbeat',
    pod: 'x/a',
    atMs,
    latenessMs,
    endedMs: atMs,
    bound: ports.map((port) => ({ port, protocol: 'TCP' as const, sinceMs })),
  }) as const;

const canary = (outcome: Attempt['outcome'], sentMs: number) =>
  ({ kind: 'canary', pod: 'x/a', attempt: { sentMs, errorMs: 0, durationMs: 10, outcome, latenessMs: 0 } }) as const;

describe('HealthLog', () => {
  it('knows a port as bound from the first heartbeat that lists it to the last', () => {
    const log = new HealthLog('x/a');
    for (const atMs of [100, 300, 500]) log.add(heartbeat(atMs));
    log.add(heartbeat(700, 0, []));
    expect(log.between(0, 0).bound?.get('80/TCP')).to.deep.equal([{ fromMs: 100, toMs: 500 }]);
  });

  it('knows a port as bound since the agent says, be it long before anybody heard of it', () => {
    const log = new HealthLog('x/a');
    for (const atMs of [100, 300]) log.add(heartbeat(atMs, 0, [80], 20));
    expect(log.between(0, 0).bound?.get('80/TCP')).to.deep.equal([{ fromMs: 20, toMs: 300 }]);
  });

  it('does not bridge a port that was gone in between', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(100));
    log.add(heartbeat(300, 0, []));
    log.add(heartbeat(500));
    expect(log.between(0, 0).bound?.get('80/TCP')).to.deep.equal([
      { fromMs: 100, toMs: 100 },
      { fromMs: 500, toMs: 500 },
    ]);
  });

  it('does not bridge heartbeats that are too far apart, nor a gap', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(100));
    log.add(heartbeat(5_000));
    log.add({ kind: 'gap', pod: 'x/a', fromMs: 5_000, toMs: 5_100, reason: 'stream lost' });
    log.add(heartbeat(5_200));
    const health = log.between(0, 0);
    expect(health.bound?.get('80/TCP')).to.have.length(3);
    expect(health.unknown).to.deep.equal([
      { fromMs: 100, toMs: 5_000, reason: 'no heartbeat' },
      { fromMs: 5_000, toMs: 5_100, reason: 'stream lost' },
    ]);
  });

  it('says nothing of ports for a pod that never sent a heartbeat', () => {
    expect(new HealthLog('x/alpine').between(0, 0).bound).to.equal(undefined);
  });

  it('makes the time before a late heartbeat unknown', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(1_600, 99));
    log.add(heartbeat(2_000, 400));
    const [span, ...others] = log.between(0, 0).unknown;
    expect(others).to.deep.equal([]);
    expect(span).to.include({ toMs: 2_000 });
    expect(span?.fromMs).to.be.at.most(1_600);
  });

  it('makes the time around a failed canary unknown, and not around one that came through', () => {
    const log = new HealthLog('x/a');
    log.add(canary('open', 1_000));
    log.add(canary('dropped', 5_000));
    const [span, ...others] = log.between(0, 0).unknown;
    expect(others).to.deep.equal([]);
    expect(span?.fromMs).to.be.below(5_000);
    expect(span?.toMs).to.be.above(5_010);
  });

  it('takes nothing back of what the heartbeat before said', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(1_000));
    log.add(heartbeat(1_300, 290));
    expect(log.between(0, 0).unknown.map(({ fromMs, toMs }) => [fromMs, toMs])).to.deep.equal([[1_000, 1_300]]);
  });

  it('has heard of a time once a heartbeat has told how late the agent was until then', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(1_000));
    log.add(canary('open', 1_500));
    expect(log.isHeardUntil(1_500)).to.equal(false);
    log.add(heartbeat(1_550, 400));
    expect(log.isHeardUntil(1_500)).to.equal(true);
  });

  it('knows nothing after the agent was lost', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(100));
    log.add({ kind: 'lost', pod: 'x/a', cause: 'pod gone' });
    expect(log.between(0, 0).unknown).to.deep.equal([
      { fromMs: 100, toMs: Number.POSITIVE_INFINITY, reason: 'pod gone' },
    ]);
  });

  it('knows nothing of the time after the last heartbeat once it is silent for a second', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(100));
    expect(log.between(0, 1_000).unknown).to.deep.equal([]);
    expect(log.between(0, 3_000).unknown).to.deep.equal([{ fromMs: 100, toMs: 3_000, reason: 'no heartbeat' }]);
  });

  it('takes a port for bound beyond the last heartbeat only while a step waits', () => {
    const log = new HealthLog('x/a');
    const live = log.live();
    log.add(heartbeat(100));
    log.add(heartbeat(300));
    expect(live.bound?.get('80/TCP')).to.deep.equal([{ fromMs: 100, toMs: Number.POSITIVE_INFINITY }]);
    expect(log.between(0, 300).bound?.get('80/TCP')).to.deep.equal([{ fromMs: 100, toMs: 300 }]);
  });

  it('forgets what ended before the time asked for', () => {
    const log = new HealthLog('x/a');
    log.add(heartbeat(100, 200));
    expect(log.between(101, 101).unknown).to.deep.equal([]);
  });

  it('has been heard until its last heartbeat; of one that is lost, or never spoke, nothing more will come', () => {
    const log = new HealthLog('x/a');
    expect(log.isHeardUntil(100), 'never spoke').to.equal(true);
    log.add(heartbeat(100));
    expect([log.isHeardUntil(100), log.isHeardUntil(101)]).to.deep.equal([true, false]);
    log.add({ kind: 'gap', pod: 'x/a', fromMs: 100, toMs: 200, reason: 'the agent restarted' });
    expect(log.isHeardUntil(150), 'restarted').to.equal(false);
    log.add({ kind: 'lost', pod: 'x/a', cause: 'gone' });
    expect(log.isHeardUntil(10_000), 'lost').to.equal(true);
  });
});
