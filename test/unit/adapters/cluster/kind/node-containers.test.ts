import { expect } from 'chai';
import { parseNodeContainers } from '../../../../../src/adapters/cluster/kind/node-containers.ts';

describe('parseNodeContainers', () => {
  it('reads what docker ps prints, in the order of names', () => {
    expect(parseNodeContainers('2b np-worker exited\n1a np-control-plane running\n')).to.deep.equal([
      { id: '1a', name: 'np-control-plane', running: true },
      { id: '2b', name: 'np-worker', running: false },
    ]);
    expect(parseNodeContainers('\n')).to.deep.equal([]);
  });
});
