import { expect } from 'chai';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import { portKey, type StepRecord } from '../../../../src/core/judge/record.ts';
import type { CellVerdict } from '../../../../src/core/judge/verdict.ts';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../../src/core/scenario/planned-step.ts';
import { anAttempt, aPlan, aRecord, attempts, healthy } from '../../../support/judge/step.ts';

const OPEN = aPlan({ before: 'open', expected: 'open' });
const CLOSED = aPlan({ before: 'closed', expected: 'closed' });
const UNRESOLVED = aPlan({ before: 'unresolved', expected: 'unresolved', cell: { path: 'dns' } });
const IN_HOLD = 8500;

/** Judges a cell whose attempts all conform but one, in the middle of the hold. */
function withOne(planned: PlannedCell, one: Attempt, over: Partial<StepRecord> = {}): CellVerdict {
  const usual = { open: 'open', closed: 'dropped', unresolved: 'unresolved', reported: 'open' } as const;
  const series = [...attempts(0, 9000, () => usual[planned.expected]), { ...one, sentMs: IN_HOLD + 1 }];
  return judgeStep(aRecord([{ planned, attempts: series }], over), DEFAULT_LIMITS).cells[0]!;
}

/** Agents of which `pod` is unknown around the one attempt. */
function unknownAgent(pod: string, more: { readonly late?: true } = {}): Partial<StepRecord> {
  const unknown = [{ fromMs: IN_HOLD, toMs: IN_HOLD + 100, reason: 'canary failed', ...more }];
  return {
    agents: new Map(['x/a', 'y/b'].map((name) => [name, healthy(name, name === pod ? { unknown } : {})])),
  };
}

describe('one attempt of an open cell', () => {
  it('fails it when dropped', () => {
    const verdict = withOne(OPEN, anAttempt(0, 'dropped'));
    expect(verdict.status).to.equal('fail');
    expect(verdict.observed).to.equal('dropped');
    expect(verdict.reasons).to.have.lengthOf(1);
    expect(verdict.reasons[0]).to.include({ code: 'contrary' });
    expect([verdict.contrary, verdict.known]).to.deep.equal([1, 361]);
  });

  it('fails it when refused at a live port', () => {
    expect(withOne(OPEN, anAttempt(0, 'refused')).status).to.equal('fail');
  });

  it('fails it when refused where nobody can say that the port was dead', () => {
    expect(withOne(OPEN, anAttempt(0, 'refused'), { agents: new Map() }).status).to.equal('fail');
  });

  it('leaves it inconclusive when refused at a port that the agent had not bound', () => {
    const agents = new Map([
      ['x/a', healthy('x/a')],
      ['y/b', healthy('y/b', { bound: new Map() })],
    ]);
    expect(withOne(OPEN, anAttempt(0, 'refused'), { agents }).status).to.equal('inconclusive');
  });

  it('fails it when the name does not resolve', () => {
    expect(withOne(OPEN, anAttempt(0, 'unresolved')).status).to.equal('fail');
  });

  it('knows nothing of a name that did not resolve while the machine stood still, for the name server did too', () => {
    const stalled = (forMs: number, more: { readonly late?: true } = { late: true }) => ({
      agents: new Map([
        ['x/a', healthy('x/a')],
        ['y/b', healthy('y/b')],
        ['z/c', healthy('z/c', { unknown: [{ fromMs: IN_HOLD, toMs: IN_HOLD + forMs, reason: 'trouble', ...more }] })],
      ]),
    });
    const unresolved = anAttempt(0, 'unresolved', { durationMs: 400 });
    expect(withOne(OPEN, unresolved, stalled(300))).to.include({ status: 'pass', known: 360 });
    expect(withOne(OPEN, unresolved, stalled(100)).status).to.equal('fail');
    expect(withOne(OPEN, unresolved, stalled(300, {})).status, 'one agent away').to.equal('fail');
  });

  it('fails it when somebody else answers', () => {
    const verdict = withOne(OPEN, anAttempt(0, 'misrouted', { answeredBy: 'z/c' }));
    expect(verdict.status).to.equal('fail');
    expect(verdict.reasons[0]).to.include({ code: 'misrouted' });
  });

  it('leaves it inconclusive when a handshake has no answer', () => {
    expect(withOne(OPEN, anAttempt(0, 'dropped', { handshake: true })).status).to.equal('inconclusive');
    expect(withOne(OPEN, anAttempt(0, 'refused', { handshake: true })).status).to.equal('inconclusive');
  });

  it('says of a handshake without an answer that the network did it, unless some agent was in trouble meanwhile', () => {
    const doubtful = (over?: Partial<StepRecord>) =>
      withOne(OPEN, anAttempt(0, 'dropped', { handshake: true }), over).reasons[0];
    const elsewhere = healthy('z/c', {
      unknown: [{ fromMs: IN_HOLD, toMs: IN_HOLD + 100, reason: 'late', late: true }],
    });
    expect(doubtful()).to.include({ code: 'unknown', doubtful: true });
    expect(doubtful({ agents: new Map([['z/c', elsewhere]]) })).to.include({ code: 'unknown', doubtful: false });
  });

  it('does not count when the probe itself failed', () => {
    const verdict = withOne(OPEN, anAttempt(0, 'inconclusive'));
    expect(verdict.status).to.equal('pass');
    expect(verdict.known).to.equal(360);
    expect(verdict.attempts).to.equal(361);
  });

  it('does not count when dropped while the sender was late', () => {
    expect(withOne(OPEN, anAttempt(0, 'dropped', { latenessMs: 101 })).status).to.equal('pass');
    expect(withOne(OPEN, anAttempt(0, 'dropped', { latenessMs: 100 })).status).to.equal('fail');
  });

  it('does not count when dropped while the sending or the answering agent was unknown', () => {
    expect(withOne(OPEN, anAttempt(0, 'dropped'), unknownAgent('x/a')).status).to.equal('pass');
    expect(withOne(OPEN, anAttempt(0, 'dropped'), unknownAgent('y/b')).status).to.equal('pass');
  });

  it('does not count when it may overlap such a moment, clock error included', () => {
    const after = { durationMs: 10, errorMs: 5 };
    const agents = (toMs: number) => ({
      agents: new Map([['x/a', healthy('x/a', { unknown: [{ fromMs: 8000, toMs, reason: 'late' }] })]]),
    });
    expect(withOne(OPEN, anAttempt(0, 'dropped', after), agents(IN_HOLD + 1 - 5)).status).to.equal('pass');
    expect(withOne(OPEN, anAttempt(0, 'dropped', after), agents(IN_HOLD + 1 - 6)).status).to.equal('fail');
  });

  it('does not count when dropped on the way to a Service while one of its backends was unknown', () => {
    const service = aPlan({ cell: { to: 'y/web', path: 'cluster-ip' } });
    const backends = new Map([[portKey(service.cell), [{ pod: 'y/b', port: 80, ready: [] }]]]);
    const { agents } = { agents: new Map(), ...unknownAgent('y/b') };
    expect(withOne(service, anAttempt(0, 'dropped'), { agents, backends }).status).to.equal('pass');
    expect(withOne(service, anAttempt(0, 'dropped'), { agents }).status).to.equal('fail');
  });
});

describe('one attempt of a closed cell', () => {
  it('fails it when answered, however late the agents were', () => {
    expect(withOne(CLOSED, anAttempt(0, 'open')).status).to.equal('fail');
    expect(withOne(CLOSED, anAttempt(0, 'open', { latenessMs: 900 }), unknownAgent('x/a')).status).to.equal('fail');
  });

  it('fails it when the answer has no identity', () => {
    const verdict = withOne(CLOSED, { ...OPEN_WITHOUT_IDENTITY });
    expect(verdict.status).to.equal('fail');
    expect(verdict.unverified).to.equal(true);
  });

  it('fails it when the handshake completes, whatever followed', () => {
    for (const outcome of ['dropped', 'refused', 'inconclusive'] as const) {
      expect(withOne(CLOSED, anAttempt(0, outcome, { handshake: true })).status).to.equal('fail');
    }
  });

  it('fails it when somebody else answers', () => {
    expect(withOne(CLOSED, anAttempt(0, 'misrouted')).reasons[0]).to.include({ code: 'misrouted' });
  });

  it('satisfies it when refused and the port was bound', () => {
    const verdict = withOne(CLOSED, anAttempt(0, 'refused'));
    expect(verdict.status).to.equal('pass');
    expect(verdict.known).to.equal(361);
  });

  it('satisfies it when refused at a live port, however late the sender was: something came back', () => {
    expect(withOne(CLOSED, anAttempt(0, 'refused', { latenessMs: 900 })).known).to.equal(361);
  });

  it('satisfies it when a SYN is dropped, however late the agents were: kernels do the handshake', () => {
    expect(withOne(CLOSED, anAttempt(0, 'dropped', { latenessMs: 900 })).known).to.equal(361);
    for (const pod of ['x/a', 'y/b']) {
      expect(withOne(CLOSED, anAttempt(0, 'dropped'), unknownAgent(pod, { late: true })).known).to.equal(361);
    }
  });

  it('does not count when a SYN is dropped while the sending or the answering agent was not late, but unknown', () => {
    for (const pod of ['x/a', 'y/b']) {
      expect(withOne(CLOSED, anAttempt(0, 'dropped'), unknownAgent(pod)).known).to.be.below(361);
    }
  });

  it('satisfies it when a datagram has no answer, however late the agents were: it would be told to have arrived', () => {
    const udp = aPlan({ before: 'closed', expected: 'closed', cell: { protocol: 'UDP' } });
    const { known } = withOne(udp, anAttempt(0, 'dropped', { latenessMs: 900 }), unknownAgent('y/b', { late: true }));
    expect(known).to.equal(withOne(udp, anAttempt(0, 'dropped')).known);
  });

  it('does not count when a Service has no answer to a datagram while an agent was late: nobody tells who got it', () => {
    const udp = aPlan({ before: 'closed', expected: 'closed', cell: { protocol: 'UDP', path: 'cluster-ip' } });
    const known = (one: Attempt, over?: Partial<StepRecord>) => withOne(udp, one, over).known;
    expect(known(anAttempt(0, 'dropped', { latenessMs: 900 }))).to.equal(known(anAttempt(0, 'dropped')) - 1);
    expect(known(anAttempt(0, 'dropped'), unknownAgent('x/a', { late: true }))).to.be.below(
      known(anAttempt(0, 'dropped')),
    );
  });

  it('leaves it inconclusive when refused and nobody says that the port was bound', () => {
    const unsaid = { agents: new Map([['x/a', healthy('x/a')]]) };
    const verdict = withOne(CLOSED, anAttempt(0, 'refused'), unsaid);
    expect(verdict.status).to.equal('inconclusive');
    expect(verdict.reasons[0]).to.have.property('detail').that.includes('port was bound');
  });

  it('leaves it inconclusive when the name does not resolve: nothing was tried', () => {
    expect(withOne(CLOSED, anAttempt(0, 'unresolved')).status).to.equal('inconclusive');
  });
});

describe('refusals of a Service', () => {
  const planned = aPlan({ before: 'closed', expected: 'closed', cell: { to: 'y/web', path: 'cluster-ip' } });
  const key = portKey(planned.cell);
  const always = [{ fromMs: 0, toMs: 100_000 }];
  const agents = new Map([
    ['x/a', healthy('x/a')],
    ['y/b', healthy('y/b', { bound: new Map([['8080/TCP', always]]) })],
  ]);
  const judge = (backends: StepRecord['backends']) =>
    withOne(planned, anAttempt(0, 'refused'), { agents, backends }).status;

  it('satisfy closed while a ready endpoint has its target port bound', () => {
    expect(judge(new Map([[key, [{ pod: 'y/b', port: 8080, ready: always }]]]))).to.equal('pass');
  });

  it('prove nothing without a ready endpoint: kube-proxy refuses by itself', () => {
    expect(judge(new Map([[key, [{ pod: 'y/b', port: 8080, ready: [] }]]]))).to.equal('inconclusive');
    expect(judge(new Map([[key, []]]))).to.equal('inconclusive');
    expect(judge(new Map())).to.equal('inconclusive');
  });

  it('prove nothing while any backend may have a dead port', () => {
    const dead = { pod: 'y/b', port: 80, ready: always };
    expect(judge(new Map([[key, [{ pod: 'y/b', port: 8080, ready: always }, dead]]]))).to.equal('inconclusive');
  });
});

describe('a wget', () => {
  const planned = aPlan({ before: 'closed', expected: 'closed', cell: { method: 'wget' } });
  const judged = (lateMs: number) => {
    const unknown = [{ fromMs: IN_HOLD + 200, toMs: IN_HOLD + 200 + lateMs, reason: 'agent late' }];
    const agents = new Map([['y/b', healthy('y/b', { unknown })]]);
    const series = [anAttempt(IN_HOLD, 'dropped', { durationMs: 2_000 })];
    return judgeStep(aRecord([{ planned, attempts: series }], { agents }), DEFAULT_LIMITS).cells[0]?.status;
  };

  it('counts where an agent was late for a moment of its two seconds, not where it was for most of them', () => {
    expect(judged(0)).to.equal('pass');
    expect(judged(300)).to.equal('pass');
    expect(judged(1_500)).to.equal('inconclusive');
  });

  it('that times out says nothing while the machine stood still: what answers it may have no agent to say so', () => {
    const open = aPlan({ before: 'open', expected: 'open', cell: { method: 'wget' } });
    const judgedBy = (lateMs: number) => {
      const unknown = [
        { fromMs: IN_HOLD + 200, toMs: IN_HOLD + 200 + lateMs, reason: 'agent late', late: true as const },
      ];
      const agents = new Map([['z/c', healthy('z/c', { unknown })]]);
      return withOne(open, anAttempt(0, 'dropped', { durationMs: 2_000 }), { agents }).status;
    };
    expect(judgedBy(300)).to.equal('fail');
    expect(judgedBy(1_500)).to.equal('pass');
  });
});

describe('refusals of a host port', () => {
  it('satisfy closed while the pod behind it has its own port bound', () => {
    const planned = aPlan({ before: 'closed', expected: 'closed', cell: { port: 30_080, path: 'host-port' } });
    const backends = new Map([
      [portKey(planned.cell), [{ pod: 'y/b', port: 80, ready: [{ fromMs: 0, toMs: 100_000 }] }]],
    ]);
    expect(withOne(planned, anAttempt(0, 'refused'), { backends }).status).to.equal('pass');
    expect(withOne(planned, anAttempt(0, 'refused')).status).to.equal('inconclusive');
  });
});

describe('one attempt of a cell that is stated not to resolve', () => {
  it('fails it when answered or when the name resolved', () => {
    expect(withOne(UNRESOLVED, anAttempt(0, 'open')).status).to.equal('fail');
    expect(withOne(UNRESOLVED, anAttempt(0, 'dropped')).status).to.equal('fail');
  });

  it('satisfies it when the name did not resolve, however late the agents were', () => {
    const late = (pod: string) =>
      withOne(UNRESOLVED, anAttempt(0, 'unresolved', { latenessMs: 900 }), unknownAgent(pod, { late: true }));
    expect(['x/a', 'y/b'].map((pod) => late(pod).known)).to.deep.equal([361, 361]);
    expect(withOne(UNRESOLVED, anAttempt(0, 'unresolved'), unknownAgent('x/a')).known).to.be.below(361);
  });

  it('satisfies it when the name did not resolve', () => {
    expect(withOne(UNRESOLVED, anAttempt(0, 'unresolved')).status).to.equal('pass');
  });
});

const { answeredBy: _, ...OPEN_WITHOUT_IDENTITY } = anAttempt(0, 'open');
