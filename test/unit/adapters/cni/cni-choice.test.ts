import { resolve } from 'node:path';
import { expect } from 'chai';
import { cniChoiceText, defaultCni, parseCniChoice } from '../../../../src/adapters/cni/cni-choice.ts';
import { UsageError } from '../../../../src/core/diagnostics/errors.ts';

describe('--cni', () => {
  const same: readonly (readonly [string, string])[] = [
    ['none', 'none'],
    ['calico', cniChoiceText(defaultCni)],
    ['calico@v3.30.1', 'calico@v3.30.1'],
    ['calico@3.30.1', 'calico@v3.30.1'],
    ['calico@v3.31.0-rc.1', 'calico@v3.31.0-rc.1'],
    ['cilium@1.20.2', 'cilium@v1.20.2'],
    ['kindnet', 'kindnet'],
    ['calico@source:/src/calico', 'calico@source:/src/calico'],
    ['calico@source:../calico@2', `calico@source:${resolve('../calico@2')}`],
  ];
  for (const [text, meaning] of same) {
    it(`${text} means ${meaning}`, () => {
      expect(cniChoiceText(parseCniChoice(text))).to.equal(meaning);
      expect(parseCniChoice(meaning)).to.deep.equal(parseCniChoice(text));
    });
  }

  const wrong: readonly (readonly [string, string])[] = [
    ['', 'cni-unknown'],
    ['weave', 'cni-unknown'],
    ['Calico', 'cni-unknown'],
    ['calico@', 'cni-version-invalid'],
    ['calico@latest', 'cni-version-invalid'],
    ['calico@v3.28', 'cni-version-invalid'],
    ['calico@source:', 'cni-version-invalid'],
    ['cilium@source:/src/cilium', 'cni-not-buildable'],
    ['kindnet@v1.2.3', 'cni-version-invalid'],
  ];
  for (const [text, code] of wrong) {
    it(`refuses "${text}"`, () => {
      expect(() => parseCniChoice(text))
        .to.throw(UsageError)
        .with.property('code', code);
    });
  }
});
