import { expect } from 'chai';
import { builtKey } from '../../../../src/adapters/images/built-key.ts';

describe('builtKey', () => {
  const alpine = (recipe: string) => ({ name: 'alpine:3.22', provenance: `source BusyBox recipe ${recipe}` });
  const nginx = (digest: string) => ({ name: 'nginx:1.28', provenance: `registry nginx@sha256:${digest}` });

  it('changes with what is built, and not with what a registry gave', () => {
    expect(builtKey([alpine('1'), nginx('a')])).to.equal(builtKey([alpine('1'), nginx('b')]));
    expect(builtKey([alpine('1'), nginx('a')])).to.equal(builtKey([alpine('1')]));
    expect(builtKey([alpine('1')])).to.not.equal(builtKey([alpine('2')]));
    expect(builtKey([alpine('1')])).to.not.equal(builtKey([]));
  });
});
