import { expect } from 'chai';
import type { CellReason } from '../../../src/core/judge/verdict.ts';
import { cellName } from '../../../src/core/matrix/cell.ts';
import type { FailureResult } from '../../../src/core/result/result.ts';
import { failureLines } from '../../../src/reporters/failure.ts';
import { anAttempt } from '../../support/judge/step.ts';
import { aStep, SERIES } from '../../support/result/results.ts';

/** The lines after one label, of a failure with this reason. */
function lineOf(label: string, reason: CellReason, over: Partial<FailureResult> = {}): string | undefined {
  const failure: FailureResult = {
    cell: 'x/a->y/b:80/TCP via pod-ip',
    expected: 'closed',
    observed: 'open',
    at_ms: 7500,
    reasons: [reason],
    explanation: 'policy deny\n  no rule allows x/a',
    repro: 'kubectl exec',
    evidence: null,
    ...over,
  };
  const line = failureLines(failure, { cells: [], changes: [{ kind: 'delete', object: '' }] }).find((text) =>
    text.trim().startsWith(label),
  );
  return line?.trim().slice(label.length).trim();
}

const open = anAttempt(0, 'open');

describe('a failure for people', () => {
  it('says what was expected and observed, when, how often, why, and how to repeat it', () => {
    const leak = anAttempt(8500, 'open', { sourceSeen: '10.1.2.3' });
    const { planned, attempts } = SERIES.closes();
    const step = aStep('deny', [{ planned, attempts: [...attempts, leak] }]);
    const { failures } = step;
    expect(failureLines(failures[0]!, step)).to.deep.equal([
      'x/a->y/b:80/TCP via pod-ip',
      '  expected  closed',
      '  observed  open, answered by y/b, which saw 10.1.2.3',
      '  when      7500 ms after the change: it was right, and wrong again 7175 ms after settling',
      '  attempts  9 of 316 contradict, 361 made in all',
      '  why       policy deny: ingress isolates y/b, no rule allows x/a',
      '  repeat    repeat x/a y/b 80',
    ]);
  });

  it('says what the command needs around it, and which script makes that', () => {
    const step = aStep('deny', [SERIES.unknown()]);
    const { failures, cells } = step;
    const scene = (over: Partial<FailureResult>) =>
      failureLines({ ...failures[0]!, repro: 'kubectl -n x run', ...over }, step).find((line) =>
        line.startsWith('  scene'),
      );
    expect(scene({ evidence: '/tmp/e' })).to.match(
      /removed its pods and policies: repro\.sh in the evidence makes them/,
    );
    expect(scene({})).to.match(/make them again under their own names$/);
    expect(scene({ repro: 'no kubectl command repeats it' })).to.equal(undefined);
    const nodePort = cells.map((cell) => ({ ...cell, path: 'node-port' as const }));
    const failure = { ...failures[0]!, cell: cellName(nodePort[0]!), repro: 'kubectl', evidence: '/tmp/e' };
    expect(failureLines(failure, { ...step, cells: nodePort }).join('\n')).to.not.include('repro.sh');
  });

  it('says of a cell that is not known why', () => {
    const step = aStep('deny', [SERIES.unknown()]);
    expect(failureLines(step.failures[0]!, step).slice(2, 4)).to.deep.equal([
      '  observed  not known: none of 360 attempts is known: agents late, or probes failed',
      '  attempts  360 made, none of them known',
    ]);
  });

  it('says of a connection that was held open what became of it', () => {
    const contrary = { code: 'contrary', attempt: anAttempt(0, 'dropped') } as const;
    const facts = { cell: 'x/a->y/b:80/TCP via pod-ip', reasons: [contrary], explanation: 'no policy', repro: 'dial' };
    const failure = { ...facts, expected: 'open', observed: 'dropped', at_ms: 20, evidence: null } as const;
    const step = aStep('deny', [SERIES.closes()]);
    expect(failureLines({ ...failure, connection: 'held' }, step)).to.deep.equal([
      'x/a->y/b:80/TCP via pod-ip, a connection held open',
      '  expected  open',
      '  observed  dropped',
      '  when      unanswered from 20 ms after the change on; the cell is open before the step and after it',
      '  why       no policy',
      '  repeat    dial',
    ]);
    expect(failureLines({ ...failure, connection: 'again' }, step).join('\n'))
      .to.include('dialled again from the source port of a connection that was held')
      .and.include('20 ms after the change, at the end of the step');
    expect(failureLines({ ...failure, expected: 'closed', connection: 'held' }, step).join('\n')).to.include(
      'answered 20 ms after the change',
    );
  });

  it('says when, by reason', () => {
    const when = (reason: CellReason, at_ms = 7500) => lineOf('when', reason, { at_ms });
    expect(when({ code: 'contrary', attempt: open })).to.equal(
      '7500 ms after the change; the step does not change this cell',
    );
    expect(when({ code: 'contrary-before', attempt: open }, -12)).to.equal(
      '12 ms before the change, against what the step before expected',
    );
    expect(when({ code: 'never-settled', attempt: open })).to.equal(
      'still 7500 ms after the change; it never came right',
    );
    expect(when({ code: 'late', attempt: open, settledMs: 7512.4, budgetMs: 5000 })).to.equal(
      'still 7500 ms after the change; it came right after 7512 ms, the budget is 5000 ms',
    );
    expect(when({ code: 'misrouted', attempt: open })).to.equal('7500 ms after the change');
  });

  it('counts from the beginning of the hold where a step changes nothing', () => {
    const { planned, attempts } = SERIES.staysOpen();
    const lost = attempts.map((attempt) =>
      attempt.sentMs < 5000 ? attempt : { ...attempt, outcome: 'dropped' as const },
    );
    const step = aStep('no policy', [{ planned, attempts: lost }], { changes: [] });
    const lines = failureLines(step.failures[0]!, step).join('\n');
    expect(lines).to.include('3000 ms before the hold began').and.not.include('the change;');
  });

  it('says twelve lines of why, and how many more there are', () => {
    const explanation = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index + 1}`).join('\n');
    const why = (lines: number) => {
      const step = aStep('deny', [SERIES.unknown()]);
      const text = failureLines({ ...step.failures[0]!, explanation: explanation(lines) }, step);
      return text.filter((line) => /line/.test(line)).map((line) => line.trim());
    };
    expect(why(12)).to.have.length(12).and.include('line 12');
    expect(why(40)).to.have.length(13).and.include('line 12').and.include('and 28 more lines in the result');
  });

  it('says how to open a cell that has to be open, and of a leak not', () => {
    const explanation = 'ingress of y/b: denied\n    to open it, add to spec.ingress of y/deny: {}\n  the end';
    const why = (expected: 'open' | 'closed') => {
      const step = aStep('deny', [SERIES.unknown()]);
      return failureLines({ ...step.failures[0]!, expected, explanation }, step).join('\n');
    };
    expect(why('open')).to.include('to open it');
    expect(why('closed')).to.not.include('to open it');
    expect(why('closed')).to.include('ingress of y/b: denied').and.include('the end');
  });

  it('says what came back', () => {
    const observed = (attempt: typeof open) => lineOf('observed', { code: 'contrary', attempt });
    expect(observed(anAttempt(0, 'misrouted', { answeredBy: 'z/c' }))).to.equal('misrouted, answered by z/c');
    expect(observed(anAttempt(0, 'misrouted'))).to.equal('misrouted, answered by somebody without identity');
    expect(observed(anAttempt(0, 'unresolved', { detail: 'bad address' }))).to.equal(
      'the name did not resolve (bad address)',
    );
    expect(observed(anAttempt(0, 'dropped', { handshake: true }))).to.equal('a handshake without an answer');
    expect(observed(anAttempt(0, 'refused', { detail: 'ECONNREFUSED' }))).to.equal('refused (ECONNREFUSED)');
  });

  it('keeps an explanation of several lines below its label', () => {
    const lines = failureLines(
      {
        cell: 'c',
        expected: 'open',
        observed: null,
        at_ms: null,
        reasons: [],
        explanation: 'first\nsecond\n',
        repro: 'r',
        evidence: '/tmp/e',
      },
      { cells: [], changes: [] },
    );
    expect(lines).to.deep.equal([
      'c',
      '  expected  open',
      '  observed  nothing',
      '  why       first',
      '            second',
      '  repeat    r',
      '  evidence  /tmp/e',
    ]);
  });
});
