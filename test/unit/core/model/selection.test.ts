import { expect } from 'chai';
import { meets, selects } from '../../../../src/core/model/selection.ts';
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../../../../src/core/model/selector.ts';
import { selectorCompiler } from '../../../../src/core/oracle/compiled/selector.ts';

/** Whether a selector selects labels, where the reference and the compiled form agree on it. */
function selected(selector: LabelSelector, labels: Labels): boolean {
  const literal = selects(selector, labels);
  expect(selectorCompiler()(selector).matches(labels)).to.equal(literal);
  return literal;
}

describe('a requirement', () => {
  const asked: readonly Labels[] = [{}, { app: '' }, { app: 'a' }, { app: 'b' }, { app: 'c' }, { other: 'a' }];
  const table: readonly (readonly [Omit<LabelSelectorRequirement, 'key'>, string])[] = [
    [{ operator: 'In', values: ['a', 'b'] }, '{"app":"a"} {"app":"b"}'],
    [{ operator: 'In', values: [''] }, '{"app":""}'],
    [{ operator: 'In' }, ''],
    [{ operator: 'NotIn', values: ['a', 'b'] }, '{} {"app":""} {"app":"c"} {"other":"a"}'],
    [{ operator: 'NotIn' }, '{} {"app":""} {"app":"a"} {"app":"b"} {"app":"c"} {"other":"a"}'],
    [{ operator: 'Exists' }, '{"app":""} {"app":"a"} {"app":"b"} {"app":"c"}'],
    [{ operator: 'DoesNotExist' }, '{} {"other":"a"}'],
  ];
  for (const [asks, met] of table) {
    it(`of app, ${JSON.stringify(asks)}, is met by ${met || 'nothing'}`, () => {
      const requirement = { key: 'app', ...asks };
      const meeting = asked.filter((labels) => selected({ matchExpressions: [requirement] }, labels));
      expect(meeting.map((labels) => JSON.stringify(labels)).join(' ')).to.equal(met);
      expect(asked.filter((labels) => meets(requirement, labels))).to.deep.equal(meeting);
    });
  }
});

describe('a selector', () => {
  it('without requirements selects everything', () => {
    expect(selected({}, {})).to.equal(true);
    expect(selected({ matchLabels: {}, matchExpressions: [] }, { app: 'a' })).to.equal(true);
  });

  it('selects what meets all that it asks', () => {
    const both: LabelSelector = {
      matchLabels: { app: 'a', tier: 'web' },
      matchExpressions: [{ key: 'env', operator: 'Exists' }],
    };
    expect(selected(both, { app: 'a', tier: 'web', env: '' })).to.equal(true);
    expect(selected(both, { app: 'a', tier: 'web' })).to.equal(false);
    expect(selected(both, { app: 'a', env: '' })).to.equal(false);
    expect(selected(both, { tier: 'web', env: '' })).to.equal(false);
  });

  it('asks for keys that objects have of themselves as for any other', () => {
    expect(selected({ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {})).to.equal(false);
    expect(selected({ matchLabels: { constructor: 'a' } }, { constructor: 'a' })).to.equal(true);
  });
});
