import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { Expected } from '../core/matrix/expected.ts';
import type { Expectation, ExpectationLine } from '../core/scenario/expectation.ts';
import { type Findings, report } from './findings.ts';
import { readTable } from './scenario-table.ts';
import type { YamlNode } from './yaml-node.ts';

const MEANS: Readonly<Record<string, Expected>> = {
  allow: 'open',
  deny: 'closed',
  unresolved: 'unresolved',
  reported: 'reported',
};

/** Reads a step's `expect`, which the schema has passed; entries count in the order of the text. */
export function readExpectation(
  findings: Findings,
  node: YamlNode,
  path: JsonPath,
  lines: readonly string[],
): Expectation {
  const fields = [...(node.fields ?? [])];
  const complain = (expected: string, found: string, hint?: string): void =>
    report(findings, {
      code: 'scenario-expectation',
      path,
      position: node.keyPosition,
      expected,
      found,
      ...(hint ? { hint } : {}),
    });
  const all = fields.filter(([, field]) => field.value === 'all');
  const table = node.fields?.get('table');
  if (fields.length === 0) complain(`one of ${[...Object.keys(MEANS), 'table'].join(', ')}`, 'none');
  if (all.length > 1) complain('"all" once', `it in ${all.map(([key]) => key).join(' and ')}`);
  if (all.length > 0 && table !== undefined) complain('a table, or "all"', 'both', 'a table has a sign for every cell');
  const isException = fields.length > 0 && fields.every(([key, { value }]) => key === 'allow' && value !== 'all');
  if (isException) complain('"deny: all" beside a list of what is allowed', 'none', 'without it everything is allowed');
  const rest = all[0] === undefined ? 'open' : MEANS[all[0][0]];
  return {
    otherwise: table === undefined ? rest : undefined,
    lines: fields.flatMap(([key, field]) =>
      key === 'table' ? readTable(findings, field, lines) : linesOf(field, MEANS[key] ?? 'open'),
    ),
    position: (all[0]?.[1] ?? node).keyPosition,
  };
}

function linesOf(field: YamlNode, expected: Expected): readonly ExpectationLine[] {
  return (field.items ?? []).map(({ value, position }) => ({ pattern: String(value), expected, position }));
}
