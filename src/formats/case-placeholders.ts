import type { Json } from '../core/scenario/scenario.ts';
import { type CaseChoice, saidAt } from './case-table.ts';
import { type Findings, report } from './findings.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** How every placeholder for what a row says begins. */
export const CASE = '$' + '{case:';
const PLACEHOLDER = /\$\{case:(?<dimension>[\w-]+)(?<path>(?:\.[\w-]+)*)\}/g;
const WHOLE = new RegExp(`^${PLACEHOLDER.source}$`);

/**
 * The node with every `${case:DIMENSION.FIELD…}` replaced. One that is a whole value becomes what the row says, with
 * the row's positions; a list in the place of a list's item is spliced in; where the row says nothing, the field or
 * item is left out. One inside a text becomes text. Rows may refer to other dimensions. A name that no table has is
 * reported.
 */
export function fillCase(findings: Findings, node: YamlNode, chosen: CaseChoice): YamlNode {
  return fill(node, chosen, findings) ?? node;
}

function fill(node: YamlNode, chosen: CaseChoice, findings: Findings): YamlNode | undefined {
  const { value } = node;
  if (!holdsPlaceholder(node)) return node;
  if (node.items !== undefined) {
    const items = node.items.flatMap((item) => {
      const filled = fill(item, chosen, findings);
      return isPlaceholder(item.value) ? (filled?.items ?? filled ?? []) : (filled ?? []);
    });
    return { ...node, items, value: items.map((item) => item.value) };
  }
  if (node.fields !== undefined) {
    const fields = new Map<string, YamlNode>();
    for (const [key, field] of node.fields) {
      const filled = fill(field, chosen, findings);
      const name = key.includes(CASE) ? textOf(key, field, chosen, findings) : key;
      if (filled !== undefined) fields.set(name, { ...filled, keyPosition: field.keyPosition });
    }
    return { ...node, fields, value: Object.fromEntries([...fields].map(([key, field]) => [key, field.value])) };
  }
  if (typeof value !== 'string') return node;
  if (!isPlaceholder(value)) return { ...node, value: textOf(value, node, chosen, findings) };
  const { dimension = '', path = '' } = WHOLE.exec(value)?.groups ?? {};
  return said(dimension, path, node, chosen, findings);
}

/** What is the same in all cases is not made anew for each: most of a template is. */
const holders = new WeakMap<YamlNode, boolean>();

function holdsPlaceholder(node: YamlNode): boolean {
  const known = holders.get(node);
  if (known !== undefined) return known;
  const holds =
    (typeof node.value === 'string' && node.value.includes(CASE)) ||
    (node.items?.some(holdsPlaceholder) ?? false) ||
    [...(node.fields ?? [])].some(([key, field]) => key.includes(CASE) || holdsPlaceholder(field));
  holders.set(node, holds);
  return holds;
}

function isPlaceholder(value: Json): boolean {
  return typeof value === 'string' && WHOLE.test(value);
}

function textOf(text: string, node: YamlNode, chosen: CaseChoice, findings: Findings): string {
  return text.replaceAll(PLACEHOLDER, (_whole, dimension: string, path: string) => {
    const found = said(dimension, path, node, chosen, findings);
    const texts = (found?.items ?? (found === undefined ? [] : [found])).map((each) => String(each.value));
    return texts.join(' and ');
  });
}

function said(
  dimension: string,
  dotted: string,
  node: YamlNode,
  { choice, tables }: CaseChoice,
  findings: Findings,
): YamlNode | undefined {
  const path = dotted.split('.').slice(1);
  const rows = tables.flatMap((table) => table.get(dimension) ?? []);
  const complain = (expected: string, found: string, known: readonly string[]): undefined => {
    const facts = { code: 'scenario-cases', path: [], position: node.position, expected, found };
    report(findings, { ...facts, ...didYouMean(found.replaceAll('"', ''), known) });
    return undefined;
  };
  if (rows.length === 0) {
    const known = [...new Set(tables.flatMap((table) => [...table.keys()]))];
    return complain(`a dimension of the cases (${known.join(', ')})`, `"${dimension}"`, known);
  }
  if (!rows.some(({ value }) => saidAt(value, path) !== undefined)) {
    return complain(`a field of a row of "${dimension}"`, `"${path.join('.')}"`, []);
  }
  const row = choice.get(dimension);
  const found = row && saidAt(row.value, path);
  const others = new Map([...choice].filter(([name]) => name !== dimension));
  return found && fill(found, { choice: others, tables }, findings);
}
