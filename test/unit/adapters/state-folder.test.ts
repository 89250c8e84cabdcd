import { expect } from 'chai';
import { stateFolder } from '../../../src/adapters/state-folder.ts';

describe('stateFolder', () => {
  it('prefers NETPROOF_HOME over XDG_CACHE_HOME over the home folder', () => {
    expect(stateFolder({ NETPROOF_HOME: '/n', XDG_CACHE_HOME: '/x' }, '/home/u').root).to.equal('/n');
    expect(stateFolder({ XDG_CACHE_HOME: '/x' }, '/home/u').root).to.equal('/x/netproof');
    expect(stateFolder({}, '/home/u').root).to.equal('/home/u/.cache/netproof');
  });

  it('ignores empty variables and a relative XDG_CACHE_HOME', () => {
    expect(stateFolder({ NETPROOF_HOME: '', XDG_CACHE_HOME: 'x' }, '/home/u').root).to.equal('/home/u/.cache/netproof');
  });

  it('keeps everything below its root', () => {
    const { root, ...folders } = stateFolder({ NETPROOF_HOME: '/n' });
    for (const folder of Object.values(folders)) expect(folder.startsWith(`${root}/`)).to.equal(true);
  });
});
