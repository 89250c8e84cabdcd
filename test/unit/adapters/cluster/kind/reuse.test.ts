import { expect } from 'chai';
import type { ClusterRecord } from '../../../../../src/adapters/cluster/kind/cluster-record.ts';
import type { NodeContainer } from '../../../../../src/adapters/cluster/kind/node-containers.ts';
import { decideReuse, type WantedCluster } from '../../../../../src/adapters/cluster/kind/reuse.ts';

const record: ClusterRecord = {
  version: 1,
  containers: ['b', 'a'],
  nodes: 2,
  ipFamily: 'ipv4',
  configKey: 'c1',
  cniChoice: 'calico@v3.28.5',
  cni: { name: 'calico', version: 'v3.28.5' },
  cniShown: '',
  imageSource: 'source',
  imageKey: 'k1',
  images: [],
};
const wanted: WantedCluster = { nodes: 2, ipFamily: 'ipv4', configKey: 'c1', cniChoice: 'calico@v3.28.5' };
const containers: readonly NodeContainer[] = [
  { id: 'a', name: 'np-control-plane', running: true },
  { id: 'b', name: 'np-worker', running: true },
];

describe('decideReuse', () => {
  it('takes a cluster that was finished, runs, and is made of what is wanted', () => {
    expect(decideReuse(wanted, record, containers)).to.deep.equal({ kind: 'fits', record });
    expect(decideReuse(undefined, record, containers)).to.deep.equal({ kind: 'fits', record });
    expect(decideReuse({ ...wanted, imageSource: 'source' }, record, containers).kind).to.equal('fits');
  });

  it('knows when there is nothing, whatever the record says', () => {
    expect(decideReuse(wanted, record, [])).to.deep.equal({ kind: 'absent' });
    expect(decideReuse(wanted, undefined, [])).to.deep.equal({ kind: 'absent' });
  });

  const unfit: readonly (readonly [
    string,
    WantedCluster,
    ClusterRecord | undefined,
    readonly NodeContainer[],
    string,
  ])[] = [
    ['half made', wanted, undefined, containers, 'was never finished'],
    [
      'of somebody else',
      wanted,
      { ...record, containers: ['c', 'd'] },
      containers,
      'is not the one that netproof made',
    ],
    ['lacking a node', wanted, record, containers.slice(1), 'is not the one that netproof made'],
    [
      'of an engine that was killed',
      wanted,
      record,
      containers.map((container) => ({ ...container, running: container.id === 'a' })),
      'has stopped nodes (np-worker)',
    ],
    ['of another size', { ...wanted, nodes: 3 }, record, containers, 'has 2 nodes, not 3'],
    [
      'of another configuration',
      { ...wanted, configKey: 'c2' },
      record,
      containers,
      'was made by another kind-config.yaml',
    ],
    ['of another family', { ...wanted, ipFamily: 'dual' }, record, containers, 'is ipv4, not dual'],
    [
      'of another version',
      { ...wanted, kubernetes: 'v1.36.3' },
      record,
      containers,
      'has Kubernetes (default), not v1.36.3',
    ],
    ['with another plugin', { ...wanted, cniChoice: 'none' }, record, containers, 'has calico@v3.28.5, not none'],
    [
      'with images from elsewhere',
      { ...wanted, imageSource: 'registry' },
      record,
      containers,
      'has images from source, not from registry',
    ],
  ];
  for (const [title, want, known, present, reason] of unfit) {
    it(`refuses one ${title}`, () =>
      expect(decideReuse(want, known, present)).to.deep.equal({ kind: 'unfit', reason }));
  }
});
