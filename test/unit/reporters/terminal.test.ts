import { expect } from 'chai';
import type { RunEvent } from '../../../src/ports/run-events.ts';
import type { Output } from '../../../src/reporters/output.ts';
import { terminalReporter } from '../../../src/reporters/terminal.ts';
import { anAttempt } from '../../support/judge/step.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

/** What the reporter printed for these events: lines that stay, and the texts of the live line. */
function report(events: readonly RunEvent[], over: Partial<Output> = {}): { lines: string[]; live: string[] } {
  const lines: string[] = [];
  const live: string[] = [];
  const output: Output = {
    print: (more) => lines.push(...more),
    live: (text) => live.push(text),
    width: 80,
    rows: 24,
    colour: false,
    ...over,
  };
  const reporter = terminalReporter(output);
  for (const event of events) reporter(event);
  return { lines, live };
}

const started = (id: string, index = 1, notes: string[] = []): RunEvent => ({
  kind: 'scenario-started',
  id,
  title: `Title of ${id}`,
  index,
  total: 2,
  notes,
});
const stepOf = (id: string, step = aStep('no policy', [SERIES.staysOpen()])): RunEvent => ({
  kind: 'step-finished',
  id,
  result: step,
});
const finished = (id: string): RunEvent => ({ kind: 'scenario-finished', result: aScenarioResult({ id }) });

describe('the terminal reporter', () => {
  it('tells a run: scenario, steps with their matrices, failures, closing line', () => {
    const { planned, attempts } = SERIES.closes('y/b');
    const leaky = { planned, attempts: [...attempts, anAttempt(8500, 'open')] };
    const steps = [aStep('no policy', [SERIES.staysOpen()]), aStep('deny', [leaky, SERIES.closes('y/c')])];
    const scenario = aScenarioResult({ status: 'failed', steps });
    const skipped = aScenarioResult({ id: 'sctp', status: 'skipped', reason: 'no SCTP in the kernel' });
    const { lines } = report([
      {
        kind: 'run-started',
        id: 'r1',
        scenarios: 2,
        cluster: { provider: 'kind', kubernetes: 'v1.37.2', nodes: [], ipFamilies: ['IPv4', 'IPv6'] },
      },
      started('article/deny', 1, ['status left out of deny.yaml:3']),
      ...steps.map((step) => stepOf('article/deny', step)),
      { kind: 'scenario-finished', result: scenario },
      { kind: 'run-finished', result: aRunResult([scenario, skipped]) },
    ]);
    expect(lines).to.deep.equal([
      'run r1: 2 scenarios on kind, Kubernetes v1.37.2, 0 nodes, IPv4 and IPv6',
      '',
      '[1/2] article/deny: Title of article/deny',
      '  note: status left out of deny.yaml:3',
      '  ✓ no policy   1 cell',
      '    via pod-ip',
      '          y/b',
      '          80',
      '    x/a    .',
      '    . open',
      '  ✗ deny',
      '    2 cells, 1 of them not as expected or not known   settled in 325 ms',
      '    exposure 300 to 325 ms   leaks over 7.2 % excluded',
      '    expected           observed',
      '    via pod-ip         via pod-ip',
      '          y/b   y/c          y/b   y/c',
      '          80    80           80    80',
      '    x/a    X     X     x/a   [.]    X',
      '    X closed           . open   X closed   [ ] not as expected',
      '    ✗ x/a->y/b:80/TCP via pod-ip',
      '      expected  closed',
      '      observed  open, answered by y/b',
      '      when      7500 ms after the change: it was right, and wrong again 7175 ms',
      '                after settling',
      '      attempts  9 of 316 contradict, 361 made in all',
      '      why       policy deny: ingress isolates y/b, no rule allows x/a',
      '      repeat    repeat x/a y/b 80',
      '  ✗ failed in 1.2 s',
      '',
      '✗ article/deny: failed at "deny"',
      '2 scenarios: 1 failed, 1 skipped',
      '  skipped 1: no SCTP in the kernel',
      '3 cells, 1081 attempts in 4.3 s',
      'settled: p50 325 ms, p95 325 ms, max 325 ms',
      'exposure: p50 325 ms, p95 325 ms, max 325 ms',
    ]);
  });

  it('breaks lines to fit a small terminal, but for commands, which are to be copied', () => {
    const command = "kubectl -n x run repro --rm -i --image=alpine:3.22 -- sh -c 'wget -qO- http://10.244.1.5:80'";
    const failing = aStep('a step that has a name of several words', [
      SERIES.closes('y/b', 99_999),
      SERIES.unknown('y/c'),
    ]);
    const explanation =
      'ingress of y/b: denied: no rule of the 2 policies that isolate it\n    y/deny (deny.yaml:1:1) has no ingress rules';
    const failures = failing.failures.map((failure) => ({ ...failure, explanation, repro: command }));
    const scenario = aScenarioResult({
      id: 'article/deny',
      status: 'failed',
      tags: ['named-ports', 'ingress'],
      reason: 'differs from what came out when it ran alone',
      steps: [{ ...failing, failures, changes: [{ kind: 'create', object: 'NetworkPolicy y/deny' }] }],
    });
    const events: RunEvent[] = [
      {
        kind: 'run-started',
        id: 'r1',
        scenarios: 1,
        cluster: { provider: 'kind', kubernetes: 'v1.37.2', nodes: [], ipFamilies: ['IPv4', 'IPv6'] },
      },
      started('article/deny', 1, ['status left out of a-file-of-policies.yaml, line 3']),
      stepOf('article/deny', { ...failing, failures }),
      {
        kind: 'warning',
        code: 'some-code',
        message: 'article/deny: something did not come about',
        hint: 'do it again',
      },
      { kind: 'scenario-finished', result: scenario },
      { kind: 'run-finished', result: aRunResult([scenario]) },
    ];
    for (const width of [40, 60, 80]) {
      const { lines } = report(events, { width });
      const [commands, others] = [true, false].map((is) => lines.filter((line) => line.includes('kubectl') === is));
      expect(commands).to.deep.equal(failures.map(() => `      repeat    ${command}`));
      expect(others!.filter((line) => line.length > width)).to.deep.equal([]);
      const said = others!.map((line) => line.trim()).join(' ');
      expect(said)
        .to.include('y/deny (deny.yaml:1:1) has no ingress rules')
        .and.include('a step that has a name of several words');
    }
  });

  it('keeps the lines of each scenario together when several run at once', () => {
    const { lines } = report([
      started('a', 1),
      started('b', 2),
      stepOf('b'),
      stepOf('a'),
      finished('b'),
      stepOf('a'),
      finished('a'),
    ]);
    const marks = lines.filter((line) => /^\[|no policy|passed in/.test(line)).map((line) => line.trim().slice(0, 11));
    expect(marks).to.deep.equal([
      '[1/2] a: Ti',
      '✓ no policy',
      '[2/2] b: Ti',
      '✓ no policy',
      '✓ passed in',
      '✓ no policy',
      '✓ passed in',
    ]);
  });

  it('prints what was held as soon as it is its turn', () => {
    const { lines } = report([started('a', 1), started('b', 2), stepOf('b'), finished('a')]);
    expect(lines.at(-1)).to.include('. open');
    expect(lines).to.include('[2/2] b: Title of b');
  });

  it('shows what goes on in a live line only, but a rerun in a line that stays', () => {
    const { lines, live } = report([
      started('a'),
      { kind: 'phase', id: 'a', phase: 'baseline' },
      { kind: 'step-started', id: 'a', step: 'deny', cells: 36 },
      { kind: 'phase', id: 'a', phase: 'rerun' },
      { kind: 'first-probe', sinceStartMs: 4200 },
      finished('a'),
    ]);
    expect(live).to.deep.equal(['  a: begins', '  a: baseline', '  a: deny, 36 cells', '  a: rerun', '']);
    expect(lines).to.include('a, once more, alone:');
    expect(lines.join('\n')).to.not.include('baseline');
  });

  it('says one line of each that passed or was skipped when there are many, and all of those that failed', () => {
    const skipped = aScenarioResult({ id: 'c', status: 'skipped', reason: 'needs IPv6' });
    const failed = aStep('deny', [SERIES.closes('y/b', 99_999)]);
    const { lines } = report([
      {
        kind: 'run-started',
        id: 'r1',
        scenarios: 400,
        cluster: { provider: 'kind', kubernetes: 'v1.37.2', nodes: [], ipFamilies: ['IPv4'] },
      },
      started('a', 1),
      started('b', 2),
      started('c', 3),
      stepOf('a'),
      stepOf('b', failed),
      { kind: 'scenario-finished', result: aScenarioResult({ id: 'a', steps: [aStep('deny', [SERIES.staysOpen()])] }) },
      { kind: 'scenario-finished', result: skipped },
      { kind: 'scenario-finished', result: aScenarioResult({ id: 'b', status: 'failed', steps: [failed] }) },
    ]);
    expect(lines.slice(1, 5)).to.deep.equal([
      '✓ [1/2] a: 1 step, 1 cell, 1.2 s',
      '- [3/2] c: skipped: needs IPv6',
      '',
      '[2/2] b: Title of b',
    ]);
    expect(lines).to.include('    ✗ x/a->y/b:80/TCP via pod-ip');
    expect(lines.at(-1)).to.equal('  ✗ failed in 1.2 s');
  });

  it('prints a first try that failed when it is set aside, and the second one after it', () => {
    const many = { kind: 'run-started', id: 'r1', scenarios: 400 } as const;
    const cluster = { provider: 'kind', kubernetes: 'v1.37.2', nodes: [], ipFamilies: ['IPv4'] } as const;
    const { lines } = report([
      { ...many, cluster },
      started('a'),
      stepOf('a', aStep('deny', [SERIES.closes('y/b', 99_999)])),
      { kind: 'phase', id: 'a', phase: 'set aside' },
      { kind: 'phase', id: 'a', phase: 'rerun' },
      stepOf('a'),
      { kind: 'scenario-finished', result: aScenarioResult({ id: 'a', status: 'flaky', reason: 'differs' }) },
    ]);
    const told = lines.filter((line) => /set|once more|✗ deny|no policy {2}|flaky/.test(line));
    expect(told.map((line) => line.trim())).to.deep.equal([
      '✗ deny',
      'did not pass: runs once more, alone, after the others',
      'a, once more, alone:',
      '✓ no policy   1 cell',
      '~ flaky in 1.2 s: differs',
    ]);
  });

  it('prints warnings with what to try', () => {
    const { lines } = report([
      { kind: 'warning', code: 'slow-node', message: 'agents are late', hint: 'fewer lanes' },
      { kind: 'warning', code: 'x', message: 'y' },
    ]);
    expect(lines).to.deep.equal(['! agents are late (slow-node)', '  try: fewer lanes', '! y (x)']);
  });

  it('prints eight failures of a step and says how many more there are', () => {
    const step = aStep(
      'deny',
      Array.from({ length: 11 }, (_, index) => SERIES.closes(`y/p${index}`, 99_999)),
    );
    const { lines } = report([started('a'), stepOf('a', step)]);
    expect(lines.filter((line) => line.includes('✗ x/a->'))).to.have.lengthOf(8);
    expect(lines.at(-1)).to.equal('    and 3 more cells, in the result (--json FILE, --html FILE)');
  });

  it('says that nothing was proved where that is so', () => {
    const run = aRunResult([], { simulated: true, interrupted: true });
    const { lines } = report([{ kind: 'run-finished', result: run }]);
    expect(lines).to.include('0 scenarios: nothing ran');
    expect(lines.slice(-2)).to.deep.equal([
      'simulated: this says nothing about a real cluster',
      'interrupted: the rest did not run',
    ]);
  });

  it('colours marks and signs only when colours are wanted', () => {
    const events = [started('a'), stepOf('a'), finished('a')];
    const code = String.fromCharCode(27);
    expect(report(events).lines.join('')).to.not.include(code);
    expect(report(events, { colour: true }).lines.join('')).to.include(`${code}[32m✓`);
  });
});
