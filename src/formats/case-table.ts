import type { YamlNode } from './yaml-node.ts';

/** One row of a dimension of a table of cases: its name, and what it says. */
export interface CaseRow {
  readonly name: string;
  readonly value: YamlNode;
}

/** A table of cases: its dimensions by name, each with its rows. Each combination of rows is a scenario. */
export type CaseTable = ReadonlyMap<string, readonly CaseRow[]>;

/** One combination of rows, and all tables of the file, which tell whether a name is known at all. */
export interface CaseChoice {
  readonly choice: ReadonlyMap<string, CaseRow>;
  readonly tables: readonly CaseTable[];
}

/**
 * What a row says at a path of field names. Of a list it is the list of what its items say; undefined where the row
 * has no such field, or nothing in it.
 */
export function saidAt(node: YamlNode, [step, ...rest]: readonly string[]): YamlNode | undefined {
  if (step === undefined) return node.value === null ? undefined : node;
  if (node.items !== undefined) {
    const items = node.items.flatMap((item) => {
      const said = saidAt(item, [step, ...rest]);
      return said?.items ?? (said === undefined ? [] : [said]);
    });
    return items.length === 0 ? undefined : { ...node, items, value: items.map(({ value }) => value) };
  }
  const field = node.fields?.get(step);
  return field && saidAt(field, rest);
}
