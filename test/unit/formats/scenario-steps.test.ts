import { expect } from 'chai';
import { ordersOf } from '../../../src/formats/scenario-orders.ts';
import { policyText, reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const deny = policyText('deny', '{podSelector: {matchLabels: {app: b}}}');
const allow = policyText('deny', '{podSelector: {matchLabels: {app: b}}, ingress: [{}]}');
const named = (name: string) => policyText(name, '{podSelector: {matchLabels: {app: b}}}');
const stepsOf = (steps: string) => scenarioOf({ steps }).steps;
const kinds = (steps: string) => stepsOf(steps).map(({ changes }) => changes.map(({ kind }) => kind).join(' '));
const messages = (steps: string) => reading(scenarioText({ steps })).problems.map(({ message }) => message);

describe('changes in a list', () => {
  it('are made in its order, the same policy again and again', () => {
    const changes = `[{apply: [${deny}]}, {apply: [${allow}]}, {delete: [deny]}, {apply: [${deny}], label: {x/a: {v: '1'}}}]`;
    expect(kinds(`  - {name: burst, changes: ${changes}, flaps: allowed, expect: {deny: ["*->x/b"]}}`)).to.deep.equal([
      'apply apply delete apply label-pod',
    ]);
  });

  it('are told by their place when something is wrong with them', () => {
    expect(messages('  - {name: one, changes: [{delete: [deny]}]}')).to.deep.equal([
      'steps[0].changes[0].delete[0]: expected a policy in force (there is none), found "deny"',
    ]);
  });
});

describe('changes made together', () => {
  it('are of unlike objects', () => {
    const [step] = stepsOf(`  - {name: one, together: true, apply: [${named('p')}, ${named('q')}]}`);
    expect(step).to.include({ together: true });
    expect(messages(`  - {name: one, together: true, changes: [{apply: [${deny}]}, {delete: [deny]}]}`)).to.deep.equal([
      'steps[0].together: expected each object once, found policy x/deny again',
    ]);
  });

  it('may remove several pods', () => {
    expect(messages('  - {name: one, together: true, remove: [x/a, x/b]}')).to.deep.equal([]);
  });
});

describe('a repeated step', () => {
  it('is run as often as it says, under a name for each round', () => {
    const steps = `  - {name: closed, apply: [${deny}]}
  - {name: again, repeat: 3, changes: [{delete: [deny]}, {apply: [${deny}]}], flaps: allowed}`;
    expect(stepsOf(steps).map(({ name }) => name)).to.deep.equal(['closed', 'again 1', 'again 2', 'again 3']);
  });

  it('may be several', () => {
    const steps = `  - name: round
    repeat: 2
    steps:
      - {name: closed, apply: [${deny}], expect: {deny: ["*->x/b"]}}
      - {name: open, delete: [deny], expect: {allow: all}}`;
    expect(stepsOf(steps).map(({ name }) => name)).to.deep.equal([
      'round 1: closed',
      'round 1: open',
      'round 2: closed',
      'round 2: open',
    ]);
    expect(kinds(steps)).to.deep.equal(['apply', 'delete', 'apply', 'delete']);
  });

  it('says so once when something is wrong with it', () => {
    expect(messages('  - {name: one, repeat: 5, delete: [p]}')).to.have.length(1);
    expect(messages('  - {name: one, repeat: 101}')).to.deep.equal([
      'steps[0].repeat: expected a number from 2 to 100, found the number 101',
    ]);
    expect(messages('  - {name: one, steps: [{name: two}], hold: 2s}')).to.deep.equal([
      'steps[0].steps: expected "repeat" beside "steps", found none',
      'steps[0].hold: expected it in the steps that are repeated, found it beside them',
    ]);
    expect(messages('  - {name: one, repeat: 2}\n  - {name: one 2}')).to.deep.equal([
      'steps[1].name: expected each name of a step once, found "one 2" again',
    ]);
  });
});

describe('a permuted step', () => {
  it('is run in every order of its policies, which are deleted between', () => {
    const steps = `  - {name: all, permute: true, apply: [${named('p')}, ${named('q')}], flaps: allowed, expect: {deny: ["*->x/b"]}}`;
    expect(stepsOf(steps).map(({ name }) => name)).to.deep.equal(['all (p, q)', 'all (p, q), deleted', 'all (q, p)']);
    expect(kinds(steps)).to.deep.equal(['apply apply', 'delete delete', 'apply apply']);
  });

  it('applies several policies and does nothing else', () => {
    const wrong = (changes: string) => messages(`  - {name: one, permute: true, ${changes}}`)[0];
    const expected = 'steps[0].permute: expected several policies to be applied, each once and nothing else, found';
    expect(wrong(`apply: [${deny}]`)).to.equal(`${expected} 1`);
    expect(wrong(`apply: [${deny}, ${deny}]`)).to.equal(`${expected} policy x/deny again`);
    expect(wrong(`apply: [${deny}], label: {x/a: {v: '1'}}`)).to.equal(`${expected} a change of kind label-pod`);
  });

  it('tries all orders of up to three, six different ones of more, the same each time', () => {
    expect(ordersOf(3)).to.have.length(6);
    expect(new Set(ordersOf(3).map(String)).size).to.equal(6);
    for (const count of [4, 9]) {
      const orders = ordersOf(count);
      expect(new Set(orders.map(String)).size).to.equal(6);
      for (const order of orders) expect(order.toSorted()).to.deep.equal([...Array(count).keys()]);
      expect(ordersOf(count)).to.deep.equal(orders);
    }
  });
});
