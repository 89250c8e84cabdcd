import { expect } from 'chai';
import { type AgentEvent, agentHealth } from '../../../../src/core/judge/agent-health.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import { anAttempt } from '../../../support/judge/step.ts';

const HTTP = { port: 80, protocol: 'TCP' } as const;
const DNS = { port: 53, protocol: 'UDP' } as const;

const beat = (atMs: number, over: Partial<Extract<AgentEvent, { kind: 'heartbeat' }>> = {}): AgentEvent => ({
  kind: 'heartbeat',
  atMs,
  latenessMs: 1,
  bound: [HTTP],
  ...over,
});
const steady = Array.from({ length: 11 }, (_, index) => beat(index * 100));
const START = { fromMs: Number.NEGATIVE_INFINITY, toMs: 0, reason: 'not heard of' };
const health = (events: readonly AgentEvent[], untilMs = 1050) => agentHealth('x/a', events, untilMs, DEFAULT_LIMITS);

describe('the health of an agent', () => {
  it('is known between its heartbeats, and after the last while that is fresh', () => {
    const { pod, unknown, bound } = health(steady.toReversed());
    expect(pod).to.equal('x/a');
    expect(unknown).to.deep.equal([START]);
    expect(bound).to.deep.equal(new Map([['80/TCP', [{ fromMs: 0, toMs: 1050 }]]]));
  });

  it('is unknown while its timers ran late, the whole time since the heartbeat before', () => {
    const { unknown } = health(
      [...steady.slice(0, 5), beat(450, { latenessMs: 101.4 }), beat(550, { latenessMs: 100 })],
      600,
    );
    expect(unknown).to.deep.equal([START, { fromMs: 400, toMs: 450, reason: 'late by 101 ms' }]);
  });

  it('is unknown while its canary failed', () => {
    const canary = (outcome: 'open' | 'dropped'): AgentEvent => ({
      kind: 'canary',
      attempt: anAttempt(300, outcome, { errorMs: 2, durationMs: 50 }),
    });
    expect(health([...steady, canary('open')]).unknown).to.deep.equal([START]);
    expect(health([...steady, canary('dropped')]).unknown).to.deep.include({
      fromMs: 298,
      toMs: 352,
      reason: 'canary dropped',
    });
  });

  it('is unknown in a gap, and in a silence of more than half a second', () => {
    const gap: AgentEvent = { kind: 'gap', fromMs: 10, toMs: 20, reason: 'buffer overflow' };
    const { unknown, bound } = health([gap, beat(0), beat(100), beat(700), beat(800)], 2000);
    expect(unknown).to.deep.equal([
      { fromMs: 10, toMs: 20, reason: 'buffer overflow' },
      START,
      { fromMs: 100, toMs: 700, reason: 'not heard of' },
      { fromMs: 800, toMs: 2000, reason: 'not heard of' },
    ]);
    expect(bound?.get('80/TCP')).to.deep.equal([
      { fromMs: 0, toMs: 100 },
      { fromMs: 700, toMs: 800 },
    ]);
  });

  it('is unknown when nothing was ever heard of it', () => {
    const { unknown, bound } = health([]);
    expect(unknown).to.deep.equal([{ fromMs: Number.NEGATIVE_INFINITY, toMs: 1050, reason: 'not heard of' }]);
    expect(bound?.size).to.equal(0);
  });

  it('has a port bound only between heartbeats that both name it', () => {
    const { bound } = health(
      [beat(0, { bound: [] }), beat(100, { bound: [HTTP, DNS] }), beat(200), beat(300, { bound: [] })],
      350,
    );
    expect(bound).to.deep.equal(new Map([['80/TCP', [{ fromMs: 100, toMs: 200 }]]]));
  });
});
