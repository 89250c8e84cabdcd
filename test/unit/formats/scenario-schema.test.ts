import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { scenarioFileSchema } from '../../../src/formats/scenario-schema.ts';

const FILE = new URL('../../../schemas/scenario.schema.json', import.meta.url);
const SCENARIOS = new URL('../../../scenarios/', import.meta.url);

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly [key: string]: unknown;
}

/** Paths of the fields below a JSON Schema that have no description. */
function undescribed(node: unknown, path = ''): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((each) => undescribed(each, path));
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {}, ...rest } = node as Node;
  return [
    ...Object.entries(properties).flatMap(([name, field]) => [
      ...(field.description === undefined ? [`${path}.${name}`] : []),
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...Object.values(rest).flatMap((each) => undescribed(each, path)),
  ];
}

describe('the schema of scenario files', () => {
  const schema = z.toJSONSchema(scenarioFileSchema, { io: 'input', target: 'draft-7' });

  it('is committed as JSON Schema (UPDATE_SCHEMAS=1 writes it anew)', () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (process.env.UPDATE_SCHEMAS) writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).to.equal(text);
  });

  it('describes every field', () => {
    expect(undescribed(schema)).to.deep.equal([]);
  });

  it('allows every scenario of the project, as JSON Schema too, which each names in its first line', function () {
    this.timeout(20_000);
    const fromJson = z.fromJSONSchema(JSON.parse(readFileSync(FILE, 'utf8')));
    const files = readdirSync(SCENARIOS, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.yaml') && path !== 'known.yaml' && !/\.(?:policy|pods)\.yaml$/.test(path),
    );
    expect(files).to.have.length.greaterThan(3);
    for (const file of files) {
      const text = readFileSync(new URL(file, SCENARIOS), 'utf8');
      const up = '../'.repeat(file.split('/').length);
      expect(text.split('\n')[0], file).to.equal(`# yaml-language-server: $schema=${up}schemas/scenario.schema.json`);
      expect(fromJson.safeParse(parse(text, { merge: true })).error?.issues, file).to.equal(undefined);
    }
  });
});
