import { expect } from 'chai';
import { laneCount } from '../../../src/engine/lane-count.ts';

const node = (cpus: number, pods = 110) => ({ name: `n${cpus}-${pods}`, ips: [], ready: true, room: { cpus, pods } });

describe('how many lanes a cluster has room for', () => {
  it('is what its pods and CPUs allow, one at least', () => {
    expect(laneCount({ provider: 'kubeconfig', nodes: [node(2), node(1)] })).to.equal(3);
    expect(laneCount({ provider: 'kubeconfig', nodes: [node(16, 60)] })).to.equal(2);
    expect(laneCount({ provider: 'kubeconfig', nodes: [{ ...node(16), ready: false }] })).to.equal(1);
  });

  it('counts the CPUs of one machine once, however many of its containers are nodes', () => {
    expect(laneCount({ provider: 'kind', nodes: [node(2), node(2)] })).to.equal(2);
  });
});
