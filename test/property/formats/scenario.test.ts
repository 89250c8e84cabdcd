import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { readScenarios } from '../../../src/formats/scenario.ts';

const FOLDER = new URL('../../../scenarios/article/', import.meta.url);
const files = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]));
const scenarios = [...files.keys()].filter((name) => !name.endsWith('.policy.yaml'));

/** A change to a text: some of it replaced, by a piece of YAML or by another part of it. */
const edit = fc.record({
  at: fc.nat(4000),
  length: fc.nat(40),
  piece: fc.oneof(
    fc.constantFrom(
      '',
      '-',
      ':',
      '{}',
      '[]',
      'null',
      '80',
      '"',
      '\n',
      '*a',
      '&a ',
      '<<: ',
      '!!set ',
      '|',
      "'*->*'",
      '${ip:default/web}',
    ),
    fc.constantFrom('steps', 'deny: all', 'allow: all', 'table', 'label', '__proto__', 'constructor', 'default/web'),
    fc.string({ maxLength: 8 }),
  ),
});
const edited = (text: string, edits: readonly { at: number; length: number; piece: string }[]) =>
  edits.reduce((now, { at, length, piece }) => {
    const start = at % (now.length + 1);
    return now.slice(0, start) + piece + now.slice(start + length);
  }, text);

describe('reading a damaged scenario', () => {
  it('gives the scenario or problems with places in its files, and never throws', () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.constantFrom(...scenarios),
        fc.constantFrom('scenario', 'policy'),
        edits,
        (file, damaged, changes) => {
          const text = files.get(file) ?? '';
          const texts = new Map(files);
          if (damaged === 'policy') {
            for (const name of texts.keys()) if (name !== file) texts.set(name, edited(texts.get(name)!, changes));
          }
          const read = readScenarios({
            text: damaged === 'scenario' ? edited(text, changes) : text,
            file,
            id: 's',
            readText: (path) => texts.get(path),
          });
          expect(read.scenarios.length === 0).to.equal(read.problems.length > 0);
          for (const { message, position } of read.problems) {
            expect(message).to.not.equal('');
            expect(position?.line, message).to.be.greaterThan(0);
            expect(position?.column, message).to.be.greaterThan(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
