import { expect } from 'chai';
import { type KernelFiles, kernelChecks } from '../../../../src/adapters/machine/kernel-checks.ts';

const healthy: KernelFiles = {
  mounts: 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n',
  status: 'Name:\tx\nCapBnd:\t000001ffffffffff\n',
  lastCapability: '40\n',
  protocols: 'protocol  size\nSCTPv6    1600\nSCTP      1440\n',
  modules: '',
  inotifyInstances: '1024\n',
};
const check = (name: string, change: Partial<KernelFiles>) =>
  kernelChecks({ ...healthy, ...change }).find((found) => found.name === name);

describe('kernelChecks', () => {
  it('finds nothing to mend on a healthy machine', () => {
    expect(kernelChecks(healthy).map(({ level }) => level)).to.deep.equal(['ok', 'ok', 'ok', 'ok']);
    expect(check('cgroups', {})?.found).to.equal('version 2');
  });

  it('tells cgroup version 1 from 2 by where the controllers are', () => {
    const hybrid = 'cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n';
    expect(check('cgroups', { mounts: hybrid }))
      .to.include({ level: 'ok' })
      .and.property('found')
      .match(/^version 1/);
    expect(check('cgroups', { mounts: 'proc /proc proc rw 0 0\n' })?.level).to.equal('lack');
  });

  it('names the capabilities that the machine lacks', () => {
    const status = 'CapBnd:\t000001fffeffffff\n';
    expect(check('capabilities', { status })?.found).to.match(/^all but CAP_SYS_RESOURCE /);
  });

  it('knows SCTP as loaded, as a module, and as missing', () => {
    expect(check('sctp', { protocols: '', modules: 'kernel/net/sctp/sctp.ko.xz: x' })?.level).to.equal('ok');
    expect(check('sctp', { protocols: 'protocol size\nTCP 1\n' })).to.include({ level: 'warn' });
  });

  it('warns of a low inotify limit with the command that raises it', () => {
    expect(check('inotify', { inotifyInstances: '128\n' })).to.include({
      level: 'warn',
      remedy: 'sudo sysctl fs.inotify.max_user_instances=512',
    });
    expect(check('inotify', { inotifyInstances: '' })?.level).to.equal('ok');
  });
});
