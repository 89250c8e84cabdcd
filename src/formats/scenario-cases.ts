import { z } from 'zod';
import { CASE, fillCase } from './case-placeholders.ts';
import type { CaseRow, CaseTable } from './case-table.ts';
import { type Findings, report } from './findings.ts';
import { expectedWords, reportIssues } from './scenario-issues.ts';
import { casesSchema } from './scenario-schema-cases.ts';
import { nodeAt, plainNode, type YamlNode } from './yaml-node.ts';

/** The name of the dimension that stands for all pairs of its rows. */
const PAIRS = 'pairsOf';
/** The name of a row that adds nothing to a case's name. */
const UNNAMED = '_';

/** One row of each dimension. */
type Choice = ReadonlyMap<string, CaseRow>;

/** One scenario of a file: its node, and its name among the file's cases, where there are any. */
export interface ScenarioCase {
  readonly name: string | undefined;
  readonly root: YamlNode;
}

/**
 * The scenarios that a file stands for: itself, or where it has `cases` one for each combination of the rows of each
 * of their tables, every `${case:…}` replaced by what its row says. Mistakes go to the findings.
 */
export function casesOf(findings: Findings, root: YamlNode): readonly ScenarioCase[] {
  const cases = root.fields?.get('cases');
  if (cases === undefined) {
    reportPlaceholders(findings, root);
    return [{ name: undefined, root }];
  }
  const parsed = z.looseObject({ cases: casesSchema }).safeParse(root.value, { error: expectedWords });
  if (!parsed.success) {
    reportIssues(findings, parsed.error.issues, root);
    return [];
  }
  const tables = (cases.items ?? []).map(tableOf);
  const template = { ...root, fields: new Map([...(root.fields ?? [])].filter(([key]) => key !== 'cases')) };
  const made = choicesOf(tables).map(
    (choice): ScenarioCase => ({ name: nameOf(choice), root: fillCase(findings, template, { choice, tables }) }),
  );
  for (const [index, { name }] of made.entries()) {
    if (made.findIndex((each) => each.name === name) === index) continue;
    const facts = { code: 'scenario-cases', path: ['cases'], position: cases.keyPosition };
    report(findings, { ...facts, expected: 'each name of a case once', found: `"${name}" again` });
  }
  return made;
}

/** The names of a file's cases, without a look at what they come to; empty where it has none, or none that can be read. */
export function caseNamesOf(root: YamlNode): readonly string[] {
  const cases = root.fields?.get('cases');
  const isTable = cases !== undefined && casesSchema.safeParse(cases.value).success;
  return isTable ? choicesOf((cases.items ?? []).map(tableOf)).map(nameOf) : [];
}

function reportPlaceholders(findings: Findings, node: YamlNode): void {
  for (const each of [...(node.fields?.values() ?? []), ...(node.items ?? [])]) reportPlaceholders(findings, each);
  const { value, position } = node;
  if (typeof value !== 'string' || !value.includes(CASE)) return;
  const facts = { code: 'scenario-cases', path: [], position };
  report(findings, { ...facts, expected: 'a table of cases ("cases")', found: `none, and "${value}"` });
}

/** The dimensions of a table with their rows, in the order of the text. */
function tableOf(node: YamlNode): CaseTable {
  return new Map([...(node.fields ?? [])].map(([name, dimension]) => [name, rowsOf(dimension)]));
}

function rowsOf(dimension: YamlNode): readonly CaseRow[] {
  const pairs = nodeAt(dimension, [PAIRS]);
  if (pairs === undefined) return [...(dimension.fields ?? [])].map(([name, value]) => ({ name, value }));
  const single = [...(pairs.fields ?? [])];
  return single.flatMap(([first, a], index) =>
    single.slice(index + 1).map(([second, b]) => {
      const both = { ...plainNode([a.value, b.value], a.position), items: [a, b] };
      return { name: `${first}-and-${second}`, value: both };
    }),
  );
}

function nameOf(choice: Choice): string {
  const names = [...choice.values()].map((row) => row.name).filter((name) => name !== UNNAMED);
  return names.join('-') || 'only';
}

function choicesOf(tables: readonly CaseTable[]): readonly Choice[] {
  return tables.flatMap((table) => combinations([...table]));
}

/** Every way to choose one row of each dimension; later dimensions change first. */
function combinations(dimensions: readonly (readonly [string, readonly CaseRow[]])[]): readonly Choice[] {
  return dimensions.reduce<readonly Choice[]>(
    (chosen, [name, rows]) => chosen.flatMap((choice) => rows.map((row) => new Map(choice).set(name, row))),
    [new Map()],
  );
}
