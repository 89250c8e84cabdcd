import { formatPath, type JsonPath } from '../core/diagnostics/json-path.ts';
import type { Position } from '../core/diagnostics/position.ts';
import { parseYaml } from './yaml-document.ts';
import type { YamlNode } from './yaml-node.ts';

/** Where each part of a manifest stands, by its path as `formatPath` prints it. */
export function positionsOf(root: YamlNode): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const visit = (node: YamlNode, path: JsonPath): void => {
    positions.set(formatPath(path), node.keyPosition);
    for (const [key, field] of node.fields ?? []) visit(field, [...path, key]);
    for (const [index, item] of node.items?.entries() ?? []) visit(item, [...path, index]);
  };
  visit(root, []);
  return positions;
}

/**
 * Which line of its file each line of a manifest's text stands for, null where it is the begin of no part. The text may
 * be printed anew, so parts are found by their path; of a List, whose parts have other paths, no line is known.
 */
export function fileLinesOf(text: string, positions: ReadonlyMap<string, Position>): readonly (number | null)[] {
  const lines: (number | null)[] = text.split('\n').map(() => null);
  const root = parseYaml(text, '', 'kubernetes').documents[0]?.root;
  for (const [path, { line }] of root === undefined ? [] : positionsOf(root)) {
    const inFile = positions.get(path)?.line;
    if (inFile !== undefined) lines[line - 1] ??= inFile;
  }
  return lines;
}
