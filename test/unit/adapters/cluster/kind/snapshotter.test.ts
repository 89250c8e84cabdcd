import { expect } from 'chai';
import { snapshotterOf } from '../../../../../src/adapters/cluster/kind/load-images.ts';

const dump = (snapshotter: string) => `version = 3

[plugins]
  [plugins.'io.containerd.cri.v1.images']
    disable_snapshot_annotations = true
    snapshotter = '${snapshotter}'

    [plugins.'io.containerd.cri.v1.images'.pinned_images]
      sandbox = 'registry.k8s.io/pause:3.10.2'

  [plugins.'io.containerd.transfer.v1.local']
    snapshotter = 'native'
`;

describe('snapshotterOf', () => {
  it("finds the one of Kubernetes' images", () => {
    expect(snapshotterOf(dump('fuse-overlayfs'))).to.equal('fuse-overlayfs');
    expect(snapshotterOf(dump('overlayfs').replaceAll("'", '"'))).to.equal('overlayfs');
  });

  it("falls back to containerd's default", () => {
    expect(snapshotterOf('version = 3\n')).to.equal('overlayfs');
  });
});
