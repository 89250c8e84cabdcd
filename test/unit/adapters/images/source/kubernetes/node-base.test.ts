import { expect } from 'chai';
import { setInConfig } from '../../../../../../src/adapters/images/source/kubernetes/node-base.ts';

const config = `[plugins."cri"]
  sandbox_image = "reg.example/pause:3.10"
  # restrict_oom_score_adj needs to be true sometimes
  restrict_oom_score_adj = false
`;

describe('setInConfig', () => {
  it('sets the value and leaves comments and the rest alone', () => {
    expect(setInConfig(config, 'restrict_oom_score_adj', 'true')).to.equal(config.replace('adj = false', 'adj = true'));
    expect(setInConfig(config, 'sandbox_image', '"x"')).to.equal(config.replace('"reg.example/pause:3.10"', '"x"'));
  });

  it('refuses a file that is not the one the recipe was made for', () => {
    expect(() => setInConfig('version = 3\n', 'sandbox_image', '"x"')).to.throw('has no line "sandbox_image = …"');
  });
});
