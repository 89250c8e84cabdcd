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
  const line = failureLines(failure, []).find((text) => text.trim().startsWith(label));
  return line?.trim().slice(label.length).trim();
}

const open = anAttempt(0, 'open');

describe('a failure for people', () => {
  it('says what was expected and observed, when, how often, why, and how to repeat it', () => {
    const leak = anAttempt(8500, 'open', { sourceSeen: '10.1.2.3' });
    const { planned, attempts } = SERIES.closes();
    const { failures, cells } = aStep('deny', [{ planned, attempts: [...attempts, leak] }]);
    expect(failureLines(failures[0]!, cells)).to.deep.equal([
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
    const { failures, cells } = aStep('deny', [SERIES.unknown()]);
    const scene = (over: Partial<FailureResult>) =>
      failureLines({ ...failures[0]!, repro: 'kubectl -n x run', ...over }, cells).find((line) =>
        line.startsWith('  scene'),
      );
    expect(scene({ evidence: '/tmp/e' })).to.match(
      /removed its pods and policies: repro\.sh in the evidence makes them/,
    );
    expect(scene({})).to.match(/make them again under their own names$/);
    expect(scene({ repro: 'no kubectl command repeats it' })).to.equal(undefined);
    const nodePort = cells.map((cell) => ({ ...cell, path: 'node-port' as const }));
    const failure = { ...failures[0]!, cell: cellName(nodePort[0]!), repro: 'kubectl', evidence: '/tmp/e' };
    expect(failureLines(failure, nodePort).join('\n')).to.not.include('repro.sh');
  });

  it('says of a cell that is not known why', () => {
    const { failures, cells } = aStep('deny', [SERIES.unknown()]);
    expect(failureLines(failures[0]!, cells).slice(2, 4)).to.deep.equal([
      '  observed  not known: none of 360 attempts is known: agents late, or probes failed',
      '  attempts  360 made, none of them known',
    ]);
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
      [],
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
