import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { portName, type TextRule } from '../core/model/api-syntax.ts';
import { describe, type Findings, report, wrongKind } from './findings.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** Fields of a mapping; a field that is `null` counts as absent, as in the API. */
export type Fields = ReadonlyMap<string, YamlNode>;

/**
 * The fields of a mapping that may have the `known` ones only; others are reported with a suggestion. Undefined when
 * the node is absent or no mapping. `what` names the mapping in messages: "an ingress rule"; `hintFor` has a hint for a
 * field that resembles none.
 */
export function fieldsOf(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  what: string,
  known?: readonly string[],
  hintFor: (field: YamlNode) => string | undefined = () => undefined,
): Fields | undefined {
  if (node === undefined) return undefined;
  if (node.fields === undefined) return void wrongKind(findings, node, path, `${what} (a mapping)`);
  for (const [key, field] of node.fields) {
    if (known === undefined || known.includes(key)) continue;
    const { hint = hintFor(field) } = didYouMean(key, known);
    report(findings, {
      code: 'manifest-unknown-field',
      path,
      position: field.keyPosition,
      expected: `a field of ${what} (${known.join(', ')})`,
      found: `"${key}"`,
      ...(hint !== undefined && { hint }),
    });
  }
  return new Map([...node.fields].filter(([, field]) => field.value !== null));
}

/** Reads each item of an optional list; a `null` item is refused, for the API server takes it for an empty object. */
export function listOf<T>(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  read: (item: YamlNode, path: JsonPath) => T | undefined,
): readonly T[] | undefined {
  if (node === undefined) return undefined;
  if (node.items === undefined) return void wrongKind(findings, node, path, 'a list', 'write each item after "- "');
  const items: T[] = [];
  for (const [index, item] of node.items.entries()) {
    const itemPath = [...path, index];
    if (item.value === null) {
      wrongKind(
        findings,
        item,
        itemPath,
        'an item',
        'an empty item is easily taken for "everything": write {} if you mean it',
      );
      continue;
    }
    const value = read(item, itemPath);
    if (value !== undefined) items.push(value);
  }
  return items;
}

/** Reads an optional text that keeps a rule. */
export function textOf(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  rule?: TextRule,
): string | undefined {
  if (node === undefined) return undefined;
  const { value, position } = node;
  if (typeof value !== 'string') {
    const scalar = typeof value === 'number' || typeof value === 'boolean';
    return void wrongKind(findings, node, path, 'a text', scalar ? 'put it in quotes' : undefined);
  }
  const expected = rule?.(value);
  if (expected === undefined) return value;
  report(findings, { code: 'manifest-value', path, position, expected, found: describe(value) });
  return undefined;
}

/** Reads an optional text that is one of a few. */
export function oneOf<T extends string>(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  allowed: readonly T[],
): T | undefined {
  const text = textOf(findings, node, path);
  if (node === undefined || text === undefined) return undefined;
  const known = allowed.find((each) => each === text);
  if (known === undefined) {
    const expected = allowed.join(' or ');
    const found = describe(text);
    const { position } = node;
    report(findings, { code: 'manifest-value', path, position, expected, found, ...didYouMean(text, allowed) });
  }
  return known;
}

/** Reads an optional boolean. */
export function booleanOf(findings: Findings, node: YamlNode | undefined, path: JsonPath): boolean | undefined {
  if (node === undefined || typeof node.value === 'boolean') return node?.value as boolean | undefined;
  return void wrongKind(findings, node, path, 'true or false');
}

/** Reads an optional whole number, not negative. */
export function integerOf(findings: Findings, node: YamlNode | undefined, path: JsonPath): number | undefined {
  if (node === undefined) return undefined;
  const { value } = node;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  return void wrongKind(findings, node, path, 'a whole number, not negative');
}

/** Reads an optional port number. */
export function portNumberOf(findings: Findings, node: YamlNode | undefined, path: JsonPath): number | undefined {
  if (node === undefined) return undefined;
  const { value, position } = node;
  if (typeof value !== 'number') {
    return void wrongKind(findings, node, path, 'a port number', isNumeral(node) ? UNQUOTED : undefined);
  }
  if (Number.isInteger(value) && value >= 1 && value <= 65535) return value;
  const expected = 'a port number from 1 to 65535';
  report(findings, { code: 'manifest-value', path, position, expected, found: String(value) });
  return undefined;
}

/** Reads an optional port: a number, or the name of a container port. */
export function portOf(findings: Findings, node: YamlNode | undefined, path: JsonPath): number | string | undefined {
  if (typeof node?.value !== 'string') return portNumberOf(findings, node, path);
  if (!isNumeral(node)) return textOf(findings, node, path, portName);
  const { value, position } = node;
  const expected = portName(value) ?? 'a port';
  report(findings, { code: 'manifest-value', path, position, expected, found: describe(value), hint: UNQUOTED });
  return undefined;
}

const UNQUOTED = 'write it without quotes';

function isNumeral({ value }: YamlNode): boolean {
  return typeof value === 'string' && /^\d+$/.test(value);
}
