import { expect } from 'chai';
import { goBinariesStep } from '../../../../../../src/adapters/images/source/go/go-binaries.ts';
import { stateFolder } from '../../../../../../src/adapters/state-folder.ts';
import { recordedProgress } from '../../../../../support/recorded-progress.ts';

describe('programs compiled by Go', () => {
  const keyOf = (goVersion: string): string =>
    goBinariesStep(
      { state: stateFolder({}), progress: recordedProgress(), signal: new AbortController().signal, goVersion },
      { needs: [], cwd: '/', key: 'source', modMode: 'mod', verify: async () => undefined },
      { name: 'pause', title: 'build pause', programs: { pause: './pause' } },
    ).key;

  it('are compiled again by another Go: its standard library is in them', () => {
    expect(keyOf('go1.26.1')).not.to.equal(keyOf('go1.26.0'));
    expect(keyOf('go1.26.0')).to.equal(keyOf('go1.26.0'));
  });
});
