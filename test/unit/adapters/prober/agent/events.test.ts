import { expect } from 'chai';
import { toEvent } from '../../../../../src/adapters/prober/agent/events.ts';
import type { WireSample } from '../../../../../src/adapters/prober/agent/wire.ts';
import type { Attempt } from '../../../../../src/core/matrix/outcome.ts';
import { probeOf } from '../../../../support/probe-events.ts';

describe('an attempt as an agent tells it', () => {
  const probe = probeOf({ id: 1, host: '10.0.0.1', timeoutMs: 500, cell: {} });
  const attemptOf = (sample: Partial<WireSample>): Attempt | undefined => {
    const record = {
      n: 1,
      at: 0,
      kind: 'attempt',
      probe: 1,
      sent: 0,
      ms: 1,
      late: 0,
      outcome: 'refused',
      ...sample,
    } as const;
    const context = { pod: 'x/a', offset: { offsetMs: 0, errorMs: 0 }, probes: new Map([[1, probe]]) };
    const event = toEvent(record, context);
    return event?.kind === 'attempt' ? event.attempt : undefined;
  };

  it('was a connection where it was reset', () => {
    expect(attemptOf({ handshake: true, error: 'ECONNRESET' })).to.include({ outcome: 'refused', handshake: true });
    expect(attemptOf({ handshake: true, outcome: 'dropped' })).to.include({ outcome: 'dropped', handshake: true });
  });

  it('was none where it was refused, whatever the agent took for one: a filter rejects a SYN that is sent again', () => {
    const attempt = attemptOf({ handshake: true, again: true, error: 'ECONNREFUSED' });
    expect(attempt).to.include({ outcome: 'refused', repeated: true });
    expect(attempt).to.not.have.property('handshake');
  });
});
