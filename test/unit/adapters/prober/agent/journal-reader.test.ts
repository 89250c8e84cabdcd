import { expect } from 'chai';
import { Alignment } from '../../../../../src/adapters/prober/agent/alignment.ts';
import { JournalReader } from '../../../../../src/adapters/prober/agent/journal-reader.ts';
import type { WireRecord } from '../../../../../src/adapters/prober/agent/wire.ts';
import type { ProbeEvent } from '../../../../../src/ports/prober.ts';
import { probeOf } from '../../../../support/probe-events.ts';

const attempt = (n: number, at: number): WireRecord => {
  return { n, at, kind: 'attempt', probe: 1, sent: at - 5, ms: 5, late: 0, outcome: 'open', by: 'x/b' };
};

describe('a reader of an agent’s journal', () => {
  let events: ProbeEvent[];
  let reader: JournalReader;
  beforeEach(() => {
    events = [];
    const alignment = new Alignment();
    alignment.add({ askedMs: 1000, answeredMs: 1000, agentMs: 0 });
    reader = new JournalReader({ pod: 'x/a', alignment, onEvent: (event) => events.push(event) });
    reader.expect([probeOf({ id: 1, host: '10.0.0.1', timeoutMs: 300, cell: {} })]);
  });
  const kinds = () => events.map(({ kind }) => kind);

  it('tells records on our clock', () => {
    reader.read(attempt(1, 100), 1000);
    expect(events[0]).to.deep.include({
      kind: 'attempt',
      probe: 1,
      attempt: { sentMs: 1095, errorMs: 0, durationMs: 5, outcome: 'open', latenessMs: 0, answeredBy: 'x/b' },
    });
  });

  it('leaves out what comes again', () => {
    for (const n of [1, 2, 1, 2, 3]) reader.read(attempt(n, 100 * n), 1000);
    expect(kinds()).to.deep.equal(['attempt', 'attempt', 'attempt']);
  });

  it('marks a jump in the numbers as a gap, back to the longest attempt before it', () => {
    reader.read(attempt(4, 100), 1000);
    reader.read(attempt(9, 900), 1000);
    expect(kinds()).to.deep.equal(['attempt', 'gap', 'attempt']);
    expect(events[1]).to.include({ pod: 'x/a', fromMs: 800, toMs: 1900 });
  });

  it('marks the time without a journal as a gap, and takes numbers from anew', () => {
    reader.read(attempt(9, 100), 1000);
    reader.restart(2000, 'the agent restarted');
    reader.read(attempt(1, 1100), 2100);
    expect(kinds()).to.deep.equal(['attempt', 'gap', 'attempt']);
    expect(events[1]).to.include({ fromMs: 800, toMs: 2000, reason: 'the agent restarted' });
  });

  it('leaves out attempts that this session did not ask for', () => {
    reader.read({ ...attempt(1, 100), probe: 2 } as WireRecord, 1000);
    expect(events).to.deep.equal([]);
    expect(reader.lastNumber).to.equal(1);
  });
});
