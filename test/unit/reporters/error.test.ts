import { expect } from 'chai';
import { ClusterError, ScenarioError, UsageError } from '../../../src/core/diagnostics/errors.ts';
import { formatError } from '../../../src/reporters/error.ts';

describe('formatError', () => {
  it('shows the failed command, its last lines, the full log and what to try', () => {
    const error = new ClusterError({
      code: 'port-taken',
      message: 'create the cluster: port 6443 is taken',
      command: 'kind create cluster',
      outputTail: 'first\n\nbind: address already in use',
      logFile: '/var/log/kind.log',
      hint: 'End the program that holds it.',
    });
    expect(formatError(error)).to.equal(
      [
        'error: create the cluster: port 6443 is taken (port-taken)',
        '  command:  kind create cluster',
        '  | first',
        '  | bind: address already in use',
        '  full log: /var/log/kind.log',
        '  try:      End the program that holds it.',
      ].join('\n'),
    );
  });

  it('shows each mistake of a file with its place', () => {
    const error = new ScenarioError([
      { code: 'unknown-field', message: 'unknown field "form"', position: { file: 'a.yaml', line: 3, column: 5 } },
      { code: 'bad-port', message: 'port 70000 is not in 1-65535', hint: 'Use 7000.' },
    ]);
    expect(formatError(error)).to.equal(
      [
        'a.yaml:3:5: unknown field "form" (unknown-field)',
        'port 70000 is not in 1-65535 (bad-port)',
        '  try:      Use 7000.',
      ].join('\n'),
    );
  });

  it('names causes that say something new, and only those', () => {
    const cause = new Error('connect ECONNREFUSED', { cause: new Error('no route') });
    const error = new UsageError({ code: 'x', message: 'cannot reach it: connect ECONNREFUSED', cause });
    expect(formatError(error)).to.equal('error: cannot reach it: connect ECONNREFUSED (x)\n  because:  no route');
  });

  it('keeps the stack of what is not its own error', () => {
    expect(formatError(new TypeError('oops'))).to.match(/^internal error: TypeError: oops\n\s+at /);
    expect(formatError('text')).to.equal('internal error: text');
  });
});
