import { expect } from 'chai';
import { formatPosition } from '../../../src/core/diagnostics/position.ts';
import { reading, scenarioText } from '../../support/scenario/scenario-text.ts';

const HEAD = `title: "${'$'}{case:who.says} on ${'$'}{case:port}"
why: w
tags: [t, "${'$'}{case:who.tags}"]
cases:
`;
const STEPS = `  - name: policy
    apply:
      - apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p}
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress: [{from: ["${'$'}{case:who.peer}"], ports: [{port: "${'$'}{case:port}"}]}]`;
const TABLE = `  - who:
      all: {says: All, peer: {podSelector: {}}, tags: [one, two]}
      none: {says: None}
    port: {any: , 80: 80}
`;
const read = (cases: string, steps = STEPS, head = HEAD) =>
  reading(scenarioText({ head: `${head}${cases}`.trimEnd(), steps }));
const rulesOf = (cases: string, steps = STEPS) => {
  const { scenarios, problems } = read(cases, steps);
  expect(problems).to.deep.equal([]);
  return Object.fromEntries(
    scenarios.map(({ id, steps: [step] }) => {
      const [change] = step!.changes;
      return [id, change?.kind === 'apply' ? (change.manifest.tree.spec as { ingress: unknown }).ingress : undefined];
    }),
  );
};
const mistakes = (cases: string, steps = STEPS, head = HEAD) =>
  read(cases, steps, head).problems.map(
    ({ message, hint, position }) => `${formatPosition(position!)} ${message}${hint ? ` [${hint}]` : ''}`,
  );

describe('a scenario file with cases', () => {
  it('is a scenario for each combination of rows, named after them, in order', () => {
    const { scenarios } = read(TABLE);
    expect(scenarios.map(({ id, title, tags }) => [id, title, tags])).to.deep.equal([
      ['s/all-any', 'All on ', ['t', 'one', 'two']],
      ['s/all-80', 'All on 80', ['t', 'one', 'two']],
      ['s/none-any', 'None on ', ['t']],
      ['s/none-80', 'None on 80', ['t']],
    ]);
  });

  it('puts in what a row says as the kind of value that it is, and leaves out what it does not say', () => {
    expect(rulesOf(TABLE)).to.deep.equal({
      's/all-any': [{ from: [{ podSelector: {} }], ports: [{}] }],
      's/all-80': [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
      's/none-any': [{ from: [], ports: [{}] }],
      's/none-80': [{ from: [], ports: [{ port: 80 }] }],
    });
  });

  it('makes a row of every two, beside other tables, and names nothing after a row named _', () => {
    const rows = 'pairsOf: {a: {peer: 1}, b: {peer: 2}, c: {says: x, tags: [u]}}';
    const steps = '  - {name: one, budget: "${case:port}s"}';
    const pairs = read(`  - who: {${rows}}\n    port: {_: 3}\n`, steps).scenarios;
    expect(pairs.map(({ id, tags, steps: [step] }) => [id, tags, step?.budgetMs])).to.deep.equal([
      ['s/a-and-b', ['t'], 3_000],
      ['s/a-and-c', ['t', 'u'], 3_000],
      ['s/b-and-c', ['t', 'u'], 3_000],
    ]);
  });

  it('reads dimensions in what rows of other dimensions say', () => {
    const nested = '  - who: {all: {peer: {podSelector: {matchLabels: {app: "${case:label}"}}}, says: s, tags: []}}\n';
    expect(rulesOf(`${nested}    label: {one: a, two: b}\n    port: {_: 80}\n`)).to.deep.equal({
      's/all-one': [{ from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 80 }] }],
      's/all-two': [{ from: [{ podSelector: { matchLabels: { app: 'b' } } }], ports: [{ port: 80 }] }],
    });
  });

  it('says where a table is no table', () => {
    expect(mistakes('  []')).to.deep.equal(['s.yaml:5:3 cases: expected at least one table, found an empty list']);
    expect(mistakes('  - who: [a]\n')[0]).to.equal(
      's.yaml:5:10 cases[0].who: expected rows by name, or pairsOf with rows by name, found a list',
    );
    expect(mistakes('  - who: {"A b": {}}\n')[0]).to.match(/^s\.yaml:5:\d+ cases\[0\]\.who: expected /);
  });

  it('says where a name is none of the tables, with the one that was meant', () => {
    expect(mistakes(TABLE, STEPS.replace('case:port', 'case:prot'))).to.deep.equal([
      's.yaml:26:65 expected a dimension of the cases (who, port), found "prot" [did you mean "port"?]',
    ]);
    expect(mistakes(TABLE, STEPS.replace('who.peer', 'who.pear'))).to.deep.equal([
      's.yaml:26:29 expected a field of a row of "who", found "pear"',
    ]);
  });

  it('says where two cases have one name, and where there are no cases at all', () => {
    const twice = mistakes(`${TABLE}${TABLE}`);
    expect(twice[0]).to.equal('s.yaml:4:1 cases: expected each name of a case once, found "all-any" again');
    expect(mistakes('', STEPS, 'title: "${case:who}"\nwhy: w\n')[0]).to.equal(
      's.yaml:1:8 expected a table of cases ("cases"), found none, and "${case:who}"',
    );
  });

  it('reports a mistake in a row at the row, once for all cases that have it', () => {
    const wrong = TABLE.replace('peer: {podSelector: {}}', 'peer: {podSelektor: {}}');
    const ofRow = mistakes(wrong).filter((mistake) => mistake.includes('podSelektor'));
    expect(ofRow).to.have.length(1);
    expect(ofRow[0]).to.match(/^s\.yaml:6:31 .*podSelektor/);
  });
});
