import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { labelKey, labelValue, type TextRule } from '../core/model/api-syntax.ts';
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../core/model/selector.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, listOf, oneOf, textOf } from './manifest-fields.ts';
import type { YamlNode } from './yaml-node.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** How strictly labels and selectors are read: what a cluster holds may be from before a rule. */
export interface LabelReading {
  readonly stored?: boolean;
}

const ANY: TextRule = () => undefined;

/** Reads labels; keys and values keep the API's syntax. */
export function readLabels(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  { stored = false }: LabelReading = {},
): Labels | undefined {
  const fields = fieldsOf(findings, node, path, 'labels');
  if (fields === undefined) return undefined;
  const labels: [string, string][] = [];
  for (const [key, field] of node?.fields ?? []) {
    const expected = stored ? undefined : labelKey(key);
    const at = [...path, key];
    if (expected !== undefined) {
      report(findings, { code: 'manifest-value', path, position: field.keyPosition, expected, found: `"${key}"` });
    }
    const value = textOf(findings, field, at, stored ? ANY : labelValue);
    if (value !== undefined) labels.push([key, value]);
  }
  return Object.fromEntries(labels);
}

/** Reads a label selector. */
export function readSelector(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  reading: LabelReading = {},
): LabelSelector | undefined {
  const known = ['matchLabels', 'matchExpressions'];
  const fields = fieldsOf(findings, node, path, 'a label selector', known, ({ value }) =>
    typeof value === 'object' ? undefined : 'put it under matchLabels',
  );
  if (fields === undefined) return undefined;
  const matchLabels = readLabels(findings, fields.get('matchLabels'), [...path, 'matchLabels'], reading);
  const matchExpressions = listOf(
    findings,
    fields.get('matchExpressions'),
    [...path, 'matchExpressions'],
    (item, itemPath) => readRequirement(findings, item, itemPath, reading),
  );
  return { ...(matchLabels && { matchLabels }), ...(matchExpressions && { matchExpressions }) };
}

function readRequirement(
  findings: Findings,
  node: YamlNode,
  path: JsonPath,
  { stored = false }: LabelReading,
): LabelSelectorRequirement | undefined {
  const fields = fieldsOf(findings, node, path, 'a requirement', ['key', 'operator', 'values']);
  if (fields === undefined) return undefined;
  const key = textOf(findings, fields.get('key'), [...path, 'key'], stored ? ANY : labelKey);
  const operator = oneOf(findings, fields.get('operator'), [...path, 'operator'], OPERATORS);
  const valuesNode = fields.get('values');
  const values = listOf(findings, valuesNode, [...path, 'values'], (item, itemPath) =>
    textOf(findings, item, itemPath, stored ? ANY : labelValue),
  );
  for (const field of ['key', 'operator']) {
    if (fields.has(field)) continue;
    const { position } = node;
    report(findings, { code: 'manifest-missing', path, position, expected: `"${field}"`, found: 'none' });
  }
  if (operator === undefined || key === undefined) return undefined;
  const count = valuesNode?.items?.length ?? 0;
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues === count > 0) return { key, operator, ...(takesValues && { values: values ?? [] }) };
  report(findings, {
    code: 'manifest-value',
    path: [...path, 'values'],
    position: (valuesNode ?? node).position,
    expected: takesValues ? `at least one value for ${operator}` : `no values for ${operator}`,
    found: count === 0 ? 'none' : String(count),
  });
  return undefined;
}
