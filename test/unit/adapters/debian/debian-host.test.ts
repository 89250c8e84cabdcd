import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { debianHost, parseOsRelease } from '../../../../src/adapters/debian/debian-host.ts';

describe('debianHost', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-os-'));
  });
  after(() => rm(folder, { recursive: true }));

  const host = async (text: string) => {
    const file = join(folder, 'os-release');
    await writeFile(file, text);
    return debianHost(file);
  };

  it('knows Debian and what is made from it', async () => {
    expect(await host('ID=debian\nVERSION_CODENAME=bookworm\n')).to.include({ isDebian: true, codename: 'bookworm' });
    expect(await host('ID=mint\nID_LIKE="ubuntu debian"\n')).to.include({ isDebian: true, codename: '' });
    expect(await host('ID=fedora\nID_LIKE="rhel"\n')).to.include({ isDebian: false });
  });

  it('takes a machine without the file for no Debian', async () => {
    expect(await debianHost(join(folder, 'absent'))).to.include({ isDebian: false, codename: '' });
  });

  it('reads quoted and unquoted values', () => {
    expect(parseOsRelease(`A="x y"\nB='z'\nC=1\n# D=2\n`)).to.deep.equal({ A: 'x y', B: 'z', C: '1' });
  });
});
