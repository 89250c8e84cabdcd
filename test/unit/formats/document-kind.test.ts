import { expect } from 'chai';
import { documentKind } from '../../../src/formats/document-kind.ts';

const kindsOf = (...texts: readonly string[]) => new Set(texts.map(documentKind));

describe('what a text is', () => {
  it('is manifests where it has an apiVersion or a kind, also in JSON, also broken', () => {
    const broken = '{\n  "apiVersion": "v1",\n  "kind": "Pod"\n  "metadata": {}\n}\n';
    const texts = [
      'kind: Pod',
      'apiVersion: v1\nkind: [',
      '{"kind": "List", "items": []}',
      broken,
      '{apiVersion: v1, x: [',
    ];
    expect(kindsOf(...texts)).to.deep.equal(new Set(['manifest']));
  });

  it('is a scenario where it has fields of one, also broken', () => {
    const texts = ['title: t\nsteps: [', 'title: t', '{title: t, why: w, step: []}', 'why: w\nnamespaces: {}\nkind: x'];
    expect(kindsOf(...texts)).to.deep.equal(new Set(['scenario']));
  });

  it('is empty where it has nothing but comments', () => {
    expect(kindsOf('', '# nothing\n', '---\n# nothing\n---\n')).to.deep.equal(new Set(['empty']));
  });

  it('is something else otherwise', () => {
    const texts = ['image: {tag: v1}', '{"name": "x", "version": "1.0.0"}', '- a', 'steps: []\npool: x', '[]', '{'];
    expect(kindsOf(...texts)).to.deep.equal(new Set(['other']));
  });
});
