import { expect } from 'chai';
import { inherited } from '../../../src/engine/inherited-connections.ts';
import type { PlacedPod } from '../../../src/engine/topology.ts';
import type { Probe } from '../../../src/ports/prober.ts';
import { probeOf } from '../../support/probe-events.ts';

const placed = (name: string): PlacedPod => ({ ref: { namespace: 'x', name }, ips: ['10.0.0.1'], node: 'n' });

/** What becomes of a connection from `x/a` to `x/b` where these pods are there, and these have come with an address. */
function dialledWith(there: readonly string[], heirs: Readonly<Record<string, string>> = {}, sourcePort?: number) {
  const host = '10.0.0.1';
  const keep = probeOf({ id: 1, host, hold: 'keep', cell: { protocol: 'UDP' } });
  const again = probeOf({ id: 2, host, hold: { again: 1 }, cell: { protocol: 'UDP' } });
  const pods = Object.entries(heirs).map(([takesAddressOf, name]) => ({ namespace: 'x', name, takesAddressOf }));
  const topology = { pods: new Map(there.map((name) => [name, placed(name)])) };
  const changes = [{ kind: 'create', pods }];
  const [found] = inherited([{ keep, again }], { changes, topology, sourcePortOf: () => sourcePort });
  const { heir, again: dialled } = found!;
  return { heir: heir && `${heir.from}->${heir.to}`, dialled: dialled && told(dialled) };
}

const told = ({ cell: { from, to }, identities, sourcePort }: Probe) => [from, to, ...identities, sourcePort ?? 'same'];

describe('connections whose pods go', () => {
  it('are dialled again as they were where both are there', () => {
    expect(dialledWith(['x/a', 'x/b'])).to.deep.equal({ heir: undefined, dialled: ['x/a', 'x/b', 'x/b', 'same'] });
  });

  it('are dialled again to who has the address of the destination', () => {
    const dialled = ['x/a', 'x/new', 'x/new', 'same'];
    expect(dialledWith(['x/a', 'x/new'], { 'x/b': 'new' })).to.deep.equal({ heir: 'x/a->x/new', dialled });
  });

  it('are dialled by who has the address of the client, from the port that that one had', () => {
    const dialled = ['x/new', 'x/b', 'x/b', 10_123];
    expect(dialledWith(['x/b', 'x/new'], { 'x/a': 'new' }, 10_123)).to.deep.equal({ heir: 'x/new->x/b', dialled });
    expect(dialledWith(['x/new', 'x/newer'], { 'x/a': 'new', 'x/b': 'newer' }, 10_123).heir).to.equal('x/new->x/newer');
  });

  it('are not dialled where that port is not known, or nobody has the address', () => {
    expect(dialledWith(['x/b', 'x/new'], { 'x/a': 'new' })).to.deep.equal({ heir: 'x/new->x/b', dialled: undefined });
    expect(dialledWith(['x/b'])).to.deep.equal({ heir: undefined, dialled: undefined });
  });

  it('are dialled as they were where nobody has the address of the destination', () => {
    expect(dialledWith(['x/a'])).to.deep.equal({ heir: undefined, dialled: ['x/a', 'x/b', 'x/b', 'same'] });
  });
});
