import { plainNode, type YamlNode } from './yaml-node.ts';

/** The objects of a `List`, of lists in it too; anything else is one object itself. An absent list is an empty one. */
export function unlist(root: YamlNode): readonly YamlNode[] {
  const kind = root.fields?.get('kind')?.value;
  const items = root.fields?.get('items');
  if (items === undefined || typeof kind !== 'string' || !kind.endsWith('List')) return [root];
  if (items.value === null) return [];
  if (items.items === undefined) return [root];
  return items.items.flatMap((item) => unlist(named(item, root, kind)));
}

/** An item of a typed list that names neither kind nor version has those of the list, as kubectl reads it. */
function named(item: YamlNode, list: YamlNode, listKind: string): YamlNode {
  const { fields, value } = item;
  const apiVersion = list.fields?.get('apiVersion');
  if (fields === undefined || listKind === 'List' || typeof apiVersion?.value !== 'string') return item;
  if (fields.has('kind') || fields.has('apiVersion')) return item;
  const kind = listKind.slice(0, -'List'.length);
  const head = { apiVersion: apiVersion.value, kind };
  const added = Object.entries(head).map(([key, text]) => [key, plainNode(text, item.position)] as const);
  return { ...item, value: { ...head, ...(value as object) }, fields: new Map([...added, ...fields]) };
}
