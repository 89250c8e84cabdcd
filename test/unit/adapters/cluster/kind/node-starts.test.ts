import { expect } from 'chai';
import { parseNodeStarts } from '../../../../../src/adapters/cluster/kind/node-starts.ts';

describe('parseNodeStarts', () => {
  it('reads what docker inspect prints', () => {
    const text = '/np-worker 2026-11-24T00:24:11.123456789Z\n/np-control-plane 2026-11-24T00:24:10Z\n';
    expect([...parseNodeStarts(text)]).to.deep.equal([
      ['np-worker', Date.UTC(2026, 10, 24, 0, 24, 11, 123)],
      ['np-control-plane', Date.UTC(2026, 10, 24, 0, 24, 10)],
    ]);
  });
});
