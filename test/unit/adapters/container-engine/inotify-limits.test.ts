import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { raiseInotifyLimits } from '../../../../src/adapters/container-engine/inotify-limits.ts';
import { recordedProgress } from '../../../support/recorded-progress.ts';

describe('raiseInotifyLimits', () => {
  it('raises what is too low, says so, and never lowers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netproof-inotify-'));
    try {
      await writeFile(join(folder, 'max_user_instances'), '128\n');
      await writeFile(join(folder, 'max_user_watches'), '9999999\n');
      const progress = recordedProgress();
      await raiseInotifyLimits(progress, folder);
      expect(await readFile(join(folder, 'max_user_instances'), 'utf8')).to.equal('512');
      expect(await readFile(join(folder, 'max_user_watches'), 'utf8')).to.equal('9999999\n');
      expect(progress.lines).to.deep.equal([
        'note raised fs.inotify.max_user_instances from 128 to 512 until the next boot',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
