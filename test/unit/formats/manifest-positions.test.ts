import { expect } from 'chai';
import { stringify } from 'yaml';
import { fileLinesOf, positionsOf } from '../../../src/formats/manifest-positions.ts';
import { parseYaml } from '../../../src/formats/yaml-document.ts';

const FILE = `# A comment.
kind: NetworkPolicy
metadata: { name: deny }
---
kind: NetworkPolicy
metadata:
  name: allow
spec:
  # From clients only.
  ingress:
    - from: [{ podSelector: {} }]
`;
const documents = parseYaml(FILE, 'two.yaml', 'kubernetes').documents;

/** The lines of the second document's text with the lines of the file that they stand for. */
const linked = (text: string) => {
  const lines = fileLinesOf(text, positionsOf(documents[1]!.root));
  return text.split('\n').map((line, index) => [line.trim(), lines[index]]);
};

describe('the lines of a manifest', () => {
  it('are told by the lines of its file, however many documents stand before it', () => {
    expect(linked(documents[1]!.text)).to.deep.equal([
      ['kind: NetworkPolicy', 5],
      ['metadata:', 6],
      ['name: allow', 7],
      ['spec:', 8],
      ['# From clients only.', null],
      ['ingress:', 10],
      ['- from: [{ podSelector: {} }]', 11],
    ]);
  });

  it('are told also where the text is printed anew', () => {
    const anew = stringify(documents[1]!.root.value).trimEnd();
    expect(linked(anew)).to.deep.include(['- from:', 11]).and.deep.include(['- podSelector: {}', 11]);
  });

  it('are not told of a List, whose parts have other paths', () => {
    const lines = fileLinesOf('kind: List\nitems: []', new Map());
    expect(lines).to.deep.equal([null, null]);
  });
});
