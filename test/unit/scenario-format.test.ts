import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { NEEDS } from '../../src/core/scenario/needs.ts';
import { scenarioSchema } from '../../src/formats/scenario-schema.ts';
import { reading } from '../support/scenario/scenario-text.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const PAGE = read('scenario-format.md');
const examples = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);

/** What an example leaves out: pods a and b with a Service, an alpine pod, and one step. */
const REST = {
  title: 't',
  why: 'w',
  namespaces: {
    x: {
      pods: {
        a: { labels: { app: 'a' }, ports: [80] },
        b: { labels: { app: 'b' }, ports: [80] },
        w: { image: 'alpine' },
      },
      services: { b: { selector: { app: 'b' }, ports: [80] } },
    },
  },
  steps: [{ name: 'nothing' }],
};

/** Names of all fields below a JSON Schema. */
function fieldsOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {} } = node as { readonly properties?: object };
  return [...Object.keys(properties), ...Object.values(node).flatMap(fieldsOf)];
}

describe('page docs/scenario-format.md', () => {
  for (const [index, example] of examples.entries()) {
    it(`has an example ${index + 1} that is valid: ${example.split('\n')[0]}`, () => {
      const { problems } = reading(stringify({ ...REST, ...parse(example) }, { aliasDuplicateObjects: false }));
      expect(problems.map(({ message }) => message)).to.deep.equal([]);
    });
  }

  it('names every field', () => {
    const fields = new Set(fieldsOf(z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-7' })));
    const text = PAGE + read('disruption.md');
    const named = (field: string) => new RegExp(`[\`{ ]${field}[\`:]|^ *(?:- )?${field}:`, 'm').test(text);
    expect(fields.size).to.be.greaterThan(30);
    expect([...fields].filter((field) => !named(field))).to.deep.equal([]);
  });

  it('names every need', () => {
    const [table = ''] = /<!-- needs -->[\s\S]*<!-- \/needs -->/.exec(PAGE) ?? [];
    expect(NEEDS.filter((need) => !table.includes(`\`${need}\``))).to.deep.equal([]);
  });
});
