import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type ParsedNode } from 'yaml';
import type { Problem } from '../core/diagnostics/errors.ts';
import type { Position } from '../core/diagnostics/position.ts';
import type { Json } from '../core/scenario/scenario.ts';
import type { YamlNode } from './yaml-node.ts';

/** Nodes that a document may unfold to through its aliases: far above any manifest, far below what hurts. */
const MAX_NODES = 1_000_000;

/** Turns the nodes of one YAML document into JSON values with positions. */
interface YamlConverter {
  /** Undefined when the node has no JSON value; the reason is then among the problems. */
  convert(node: Node | ParsedNode | null): YamlNode | undefined;
}

/**
 * Makes a converter for one document; what it cannot turn into JSON it adds to `problems`, with `uniqueMerges` also what
 * a merge key brings in that the mapping has already.
 */
export function yamlConverter(
  document: Document.Parsed,
  at: (offset: number) => Position,
  problems: Problem[],
  uniqueMerges = false,
): YamlConverter {
  const open = new Set<Node>();
  const anchors = new Map<Node, { readonly node: YamlNode | undefined; readonly size: number }>();
  let count = 0;

  const refuse = (code: string, message: string, position: Position): undefined => {
    problems.push({ code, message, position });
    return undefined;
  };
  const start = (node: Node | null): number => node?.range?.[0] ?? document.range[0];

  const tooLarge = (position: Position): undefined => {
    if (problems.some(({ code }) => code === 'yaml-too-large')) return undefined;
    const message = `expected at most ${MAX_NODES} values, found more: aliases unfold to too much`;
    return refuse('yaml-too-large', message, position);
  };

  const scalar = (value: unknown, position: Position): YamlNode | undefined => {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return refuse('yaml-not-json', `expected a finite number, found ${value}`, position);
    }
    const json = value === undefined ? null : value;
    if (json === null || typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') {
      return { value: json, position, keyPosition: position, fields: undefined, items: undefined };
    }
    return refuse('yaml-not-json', `expected a value that JSON has, found ${typeof json}`, position);
  };

  const sequence = (nodes: readonly unknown[], position: Position): YamlNode => {
    const items = nodes.map((node) => convert(node as Node)).filter((item) => item !== undefined);
    return { value: items.map((item) => item.value), position, keyPosition: position, fields: undefined, items };
  };

  const mapping = (pairs: readonly Pair[], position: Position): YamlNode => {
    const fields = new Map<string, YamlNode>();
    const merges: { readonly field: YamlNode; readonly keyPosition: Position }[] = [];
    for (const pair of pairs) {
      const key = pair.key as Node | null;
      const keyPosition = at(start(key));
      if (key !== null && !isScalar(key)) {
        refuse('yaml-not-json', 'expected a plain key, found a list or mapping as key', keyPosition);
        continue;
      }
      if (key === null || key.value === null) {
        refuse('yaml-not-json', 'expected a key, found nothing', keyPosition);
        continue;
      }
      const field = convert(pair.value as Node | null, keyPosition);
      if (field === undefined) continue;
      if (key.source === '<<' && key.type === 'PLAIN') merges.push({ field, keyPosition });
      else fields.set(String(key.value), { ...field, keyPosition });
    }
    for (const { field, keyPosition } of merges) merge(fields, field, keyPosition);
    const value: Record<string, Json> = {};
    for (const [key, field] of fields) {
      Object.defineProperty(value, key, { value: field.value, enumerable: true, configurable: true, writable: true });
    }
    return { value, position, keyPosition: position, fields, items: undefined };
  };

  /** A merge key brings in the fields that the mapping has not; its own win wherever they stand. */
  const merge = (fields: Map<string, YamlNode>, source: YamlNode, position: Position): void => {
    const sources = source.items ?? [source];
    for (const each of sources) {
      if (each.fields === undefined)
        refuse('yaml-not-json', 'expected a mapping to merge, found something else', position);
      for (const [key, field] of each.fields ?? []) {
        if (!fields.has(key)) fields.set(key, field);
        else if (uniqueMerges) {
          const message = `expected each key once in a mapping, found "${key}" again, by a merge key`;
          refuse('yaml-duplicate-key', message, position);
        }
      }
    }
  };

  /** An anchor's value is converted once, and counted as often as it is used. */
  const unfold = (target: Node): YamlNode | undefined => {
    const known = anchors.get(target);
    if (known !== undefined) count += known.size;
    if (known !== undefined && count <= MAX_NODES) return known.node;
    const before = count;
    const node = convert(target);
    anchors.set(target, { node, size: count - before });
    return node;
  };

  const convert = (node: Node | null, fallback?: Position): YamlNode | undefined => {
    const position = node?.range || fallback === undefined ? at(start(node)) : fallback;
    if (++count > MAX_NODES) return tooLarge(position);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined)
        return refuse('yaml-alias', `expected an anchor "${node.source}", found none`, position);
      if (open.has(target))
        return refuse('yaml-alias', `alias "${node.source}" stands inside its own anchor`, position);
      const unfolded = unfold(target);
      return unfolded && { ...unfolded, position, keyPosition: position };
    }
    if (node === null || isScalar(node)) return scalar(node?.value ?? null, position);
    open.add(node);
    const collection = isMap(node)
      ? mapping(node.items, position)
      : isSeq(node)
        ? sequence(node.items, position)
        : undefined;
    open.delete(node);
    return collection;
  };

  return { convert: (node) => convert(node as Node | null) };
}
