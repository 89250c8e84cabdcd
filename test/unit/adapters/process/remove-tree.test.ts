import { expect } from 'chai';
import { mountsBelow } from '../../../../src/adapters/process/remove-tree.ts';

describe('mountsBelow', () => {
  it('finds mounts inside a folder, the deepest first, and no neighbours', () => {
    const mounts = [
      'proc /state/root/proc proc rw 0 0',
      'sysfs /state/root/sys sysfs rw 0 0',
      'cgroup /state/root/sys/fs/cgroup cgroup rw 0 0',
      'tmpfs /state/root-two/tmp tmpfs rw 0 0',
      'dev /state/root dev rw 0 0',
      'tmpfs /state/root/with\\040space tmpfs rw 0 0',
      '',
    ].join('\n');
    expect(mountsBelow('/state/root', mounts)).to.deep.equal([
      '/state/root/sys/fs/cgroup',
      '/state/root/with space',
      '/state/root/proc',
      '/state/root/sys',
    ]);
  });
});
