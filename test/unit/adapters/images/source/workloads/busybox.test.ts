import { expect } from 'chai';
import { configure } from '../../../../../../src/adapters/images/source/workloads/busybox.ts';

describe('configure', () => {
  it('sets options that were off, on or absent, and touches no other whose name only begins alike', () => {
    const config = '# CONFIG_STATIC is not set\nCONFIG_TC=y\nCONFIG_TCPSVD=y\n# CONFIG_STATIC_LIBGCC is not set\n';
    const lines = configure(config, { CONFIG_STATIC: 'y', CONFIG_TC: 'n', CONFIG_NEW: 'y' }).split('\n');
    expect(lines.filter((line) => line !== '')).to.have.members([
      'CONFIG_TCPSVD=y',
      '# CONFIG_STATIC_LIBGCC is not set',
      'CONFIG_STATIC=y',
      '# CONFIG_TC is not set',
      'CONFIG_NEW=y',
    ]);
  });
});
