import { expect } from 'chai';
import * as fc from 'fast-check';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import { compile } from '../../../src/core/oracle/oracle.ts';
import { readManifests } from '../../../src/formats/manifest.ts';
import { policies } from '../../support/oracle/arbitrary.ts';
import { manifestText } from '../../support/oracle/manifest-text.ts';
import { numRuns } from '../../support/oracle/runs.ts';
import { SPOILS } from '../../support/oracle/spoiled.ts';

const valid = policies.map((all) => all.filter(withoutHostBits));

/** The generator has a block with host bits for the semantics; API servers since 1.36 refuse it. */
function withoutHostBits(policy: NetworkPolicy): boolean {
  return !JSON.stringify(policy).includes('10.244.0.77/16');
}

const textOf = (all: readonly NetworkPolicy[]) => all.map(manifestText).join('---\n');

const FRAGMENTS = [
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: *a',
  '|',
  '>',
  '#',
  '\n',
  '\t',
  '  ',
  '---',
  '!!',
  '%',
  '\u0000',
  '\uFEFF',
  '~',
  '!x ',
  '? ',
  ',',
  'null',
  'from',
  'form',
  '0x',
  '\u2028',
];

/** A text with pieces put in, taken out or doubled. */
const mangled = fc
  .tuple(
    valid.map(textOf),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.constantFrom(...FRAGMENTS)), { maxLength: 6 }),
  )
  .map(([text, edits]) =>
    edits.reduce((now, [at, cut, put]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + cut);
    }, text),
  );

describe('reading manifests', () => {
  it('gives back every policy that the API server takes, as it was', () => {
    fc.assert(
      fc.property(valid, (all) => {
        const { documents, problems } = readManifests(textOf(all), 'f.yaml');
        expect(problems).to.deep.equal([]);
        expect(documents.map(({ policy }) => policy)).to.deep.equal(all);
      }),
      { numRuns: numRuns(60) },
    );
  });

  it('never throws, places every problem inside the text, and what it takes can be compiled', () => {
    fc.assert(
      fc.property(
        fc.oneof({ weight: 5, arbitrary: mangled }, fc.string({ unit: fc.constantFrom(...FRAGMENTS, 'a', ' ') })),
        (text) => {
          const { documents, problems } = readManifests(text, 'f.yaml');
          const lines = text.split('\n').length;
          for (const { position, message } of problems) {
            expect(message).not.to.equal('');
            expect(position?.line).to.be.within(1, lines + 1);
            expect(position?.column).to.be.at.least(1);
          }
          const policies = documents.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
          expect(() => compile({ namespaces: [], pods: [], services: [], policies })).not.to.throw();
        },
      ),
      { numRuns: numRuns(200) },
    );
  });

  it('never takes a policy with one thing in it that the server refuses', () => {
    const spoiled = fc.tuple(
      valid.filter((all) => all.length > 0),
      fc.constantFrom(...SPOILS),
      fc.nat(),
    );
    fc.assert(
      fc.property(spoiled, ([all, spoil, pick]) => {
        const index = pick % all.length;
        const broken = all.map((policy, i) =>
          i === index ? { ...policy, spec: { ...policy.spec, ...spoil } } : policy,
        );
        const { documents, problems } = readManifests(textOf(broken as readonly NetworkPolicy[]), 'f.yaml');
        expect(problems).not.to.deep.equal([]);
        expect(documents).to.have.length(all.length - 1);
      }),
      { numRuns: numRuns(200) },
    );
  });
});
