import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { Position } from '../core/diagnostics/position.ts';
import type { Json } from '../core/scenario/scenario.ts';

/** A value of a YAML text with where it stands, as plain JSON and as a tree of nodes. */
export interface YamlNode {
  /** The value as JSON, what would be sent to the API server. */
  readonly value: Json;
  /** Where the value begins. */
  readonly position: Position;
  /** Where the key that holds it begins; of list items and documents the same as `position`. */
  readonly keyPosition: Position;
  /** The fields of a mapping, in the order of the text; undefined for anything else. */
  readonly fields: ReadonlyMap<string, YamlNode> | undefined;
  /** The items of a sequence; undefined for anything else. */
  readonly items: readonly YamlNode[] | undefined;
}

/** The node at `path` below `node`, or undefined where there is none. */
export function nodeAt(node: YamlNode, path: JsonPath): YamlNode | undefined {
  let found: YamlNode | undefined = node;
  for (const step of path) found = typeof step === 'number' ? found?.items?.[step] : found?.fields?.get(step);
  return found;
}

/** Makes a node of a JSON value that comes from no text; every position in it is `position`. */
export function plainNode(value: Json, position: Position): YamlNode {
  const base = { value, position, keyPosition: position };
  if (Array.isArray(value)) return { ...base, fields: undefined, items: value.map((v) => plainNode(v, position)) };
  if (typeof value !== 'object' || value === null) return { ...base, fields: undefined, items: undefined };
  const fields = new Map(Object.entries(value).map(([key, field]) => [key, plainNode(field, position)]));
  return { ...base, fields, items: undefined };
}
