import { expect } from 'chai';
import { parseYaml } from '../../../src/formats/yaml-document.ts';
import { nodeAt, plainNode } from '../../../src/formats/yaml-node.ts';

const one = (text: string, scalars?: 'kubernetes') => {
  const { documents, problems } = parseYaml(text, 'f.yaml', scalars);
  expect(problems).to.deep.equal([]);
  expect(documents).to.have.length(1);
  return documents[0]!.root;
};
const problemsOf = (text: string) =>
  parseYaml(text, 'f.yaml').problems.map(({ code, position }) => `${position?.line}:${position?.column} ${code}`);

describe('YAML documents', () => {
  it('give JSON with the position of every value and key', () => {
    const root = one('a: 1\nb:\n  - x\n  - {c: [true]}\n');
    expect(root.value).to.deep.equal({ a: 1, b: ['x', { c: [true] }] });
    const c = nodeAt(root, ['b', 1, 'c'])!;
    expect(c.position).to.deep.equal({ file: 'f.yaml', line: 4, column: 9 });
    expect(c.keyPosition).to.deep.equal({ file: 'f.yaml', line: 4, column: 6 });
    expect(nodeAt(root, ['b', 2])).to.equal(undefined);
    expect(nodeAt(root, ['a', 'b'])).to.equal(undefined);
  });

  it('are told apart, each with its own text; empty ones are left out', () => {
    const { documents } = parseYaml('# one\na: 1\n---\n\n--- # nothing\n---\nb: 2 # two\n...\n', 'f.yaml');
    expect(documents.map(({ text }) => text)).to.deep.equal(['# one\na: 1', 'b: 2 # two']);
    expect(documents[1]!.root.position.line).to.equal(7);
  });

  it('read yes, on, y and 014 as strings and numbers of YAML 1.2, or as Kubernetes does', () => {
    const text = '{a: yes, b: y, c: off, d: 0o14, e: 014, f: 0b11, g: 1_000, h: "no", i: -0b1}';
    expect(one(text).value).to.deep.equal({
      a: 'yes',
      b: 'y',
      c: 'off',
      d: 12,
      e: 14,
      f: '0b11',
      g: '1_000',
      h: 'no',
      i: '-0b1',
    });
    expect(one(text, 'kubernetes').value).to.deep.equal({
      a: true,
      b: true,
      c: false,
      d: 12,
      e: 12,
      f: 3,
      g: 1000,
      h: 'no',
      i: -1,
    });
  });

  it('have the numbers of go-yaml for Kubernetes', () => {
    const numbers = {
      '0X1F': 31,
      '0B1': 1,
      '0x1_0': 16,
      '1_': 1,
      '1_0.5': 10.5,
      '+_1': 1,
      '-0b11': -3,
      '0O17': 15,
      '08': 8,
      '1_e3': 1000,
      '+.5_0': 0.5,
      '18446744073709551616': 2 ** 64,
    };
    const texts = ['1_a', '0o', '0x', '0b12', '10.0.0.1', '2001-01-01', '0xFFFFFFFFFFFFFFFFF', '_1', '1.2.3', '1e999'];
    for (const [text, value] of Object.entries(numbers))
      expect(one(`a: ${text}`, 'kubernetes').value).to.deep.equal({ a: value });
    for (const text of texts) expect(one(`a: ${text}`, 'kubernetes').value).to.deep.equal({ a: text });
  });

  it('refuse for Kubernetes what a merge key brings in once more, for clients differ in which value counts', () => {
    const problems = (text: string) =>
      parseYaml(text, 'f.yaml', 'kubernetes').problems.map(({ position, message }) => `${position?.column} ${message}`);
    const again = 'expected each key once in a mapping, found "x" again, by a merge key';
    expect(problems('[&a {x: 1}, {x: 2, <<: *a}]')).to.deep.equal([`20 ${again}`]);
    expect(problems('[&a {x: 1}, {<<: *a, x: 2}]')).to.deep.equal([`14 ${again}`]);
    expect(problems('[&a {x: 1}, {<<: [*a, {x: 3}]}]')).to.deep.equal([`14 ${again}`]);
    expect(problems('[&a {x: 1}, {y: 2, <<: *a}]')).to.deep.equal([]);
  });

  it('follow anchors, aliases and merge keys', () => {
    const root = one('a: &a {x: 1, y: 2}\nb: *a\nc: {y: 3, <<: *a}\nd: {<<: [*a, {z: 4}]}\n');
    expect(root.value).to.deep.equal({
      a: { x: 1, y: 2 },
      b: { x: 1, y: 2 },
      c: { y: 3, x: 1 },
      d: { x: 1, y: 2, z: 4 },
    });
    expect(nodeAt(root, ['b'])?.position.line).to.equal(2);
  });

  it('keep a key named __proto__ as a plain field', () => {
    const root = one('{"__proto__": {"a": 1}}');
    expect(Object.keys(root.value as object)).to.deep.equal(['__proto__']);
  });

  it('name a key that is given twice', () => {
    const found = (text: string) => parseYaml(text, 'f.yaml').problems[0]?.message.replace(/^.*, found /, '');
    expect(found('a/b.c: 1\na/b.c: 2\n')).to.equal('"a/b.c" again');
    expect(found('{"a": 1, "a": 2}')).to.equal('"a" again');
    expect(found("{'x y': {}, 'x y' : 2}")).to.equal('"x y" again');
    expect(found('a: {b: 1, b: {c: 1}}\n')).to.equal('"b" again');
    expect(found('a: {b: 1, b}\n')).to.equal('it again');
  });

  it('report what is wrong with its place', () => {
    expect(problemsOf('a: 1\nb: 2\na: 3\n')).to.deep.equal(['3:1 yaml-duplicate-key']);
    expect(problemsOf('a: [1\n')).to.deep.equal(['2:1 yaml-syntax']);
    expect(problemsOf('a: *b\n')).to.deep.equal(['1:4 yaml-alias']);
    expect(problemsOf('&a [*a]\n')).to.deep.equal(['1:5 yaml-alias']);
    expect(problemsOf('a: .nan\n')).to.deep.equal(['1:4 yaml-not-json']);
    expect(problemsOf('? [a]\n: 1\n')).to.deep.equal(['1:3 yaml-not-json']);
    expect(problemsOf('{~: 1}\n')).to.deep.equal(['1:2 yaml-not-json']);
    expect(problemsOf('{? : 1}\n')).to.deep.equal(['1:4 yaml-not-json']);
    expect(problemsOf('a: !thing 1\n')).to.deep.equal(['1:4 yaml-syntax']);
    expect(problemsOf('{<<: 1}\n')).to.deep.equal(['1:2 yaml-not-json']);
  });

  it('refuse aliases that unfold to more than a million values, quickly', () => {
    const lines = ['a0: &a0 [1,1,1,1,1,1,1,1,1,1]'];
    for (let i = 1; i <= 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(',')}]`,
      );
    expect(problemsOf(lines.join('\n')).map((text) => text.split(' ')[1])).to.deep.equal(['yaml-too-large']);
  });

  it('leave documents without problems usable', () => {
    const { documents, problems } = parseYaml('a: 1\n---\nb: [\n---\nc: 3\n', 'f.yaml');
    expect(problems).to.have.length.greaterThan(0);
    expect(documents[0]!.root.value).to.deep.equal({ a: 1 });
  });
});

describe('a plain node', () => {
  it('has the one position everywhere', () => {
    const position = { file: 'f', line: 3, column: 4 };
    const node = plainNode({ a: [null, { b: 'c' }] }, position);
    expect(nodeAt(node, ['a', 1, 'b'])).to.deep.include({ value: 'c', position });
    expect(nodeAt(node, ['a', 0])?.value).to.equal(null);
  });
});
