import { type Findings, report } from './findings.ts';
import { folderOf, joinPath, type ReadText } from './scenario-changes.ts';
import { parseYaml } from './yaml-document.ts';
import type { YamlNode } from './yaml-node.ts';

/**
 * The root of a scenario with its namespaces in place, where it names a file that holds them: scenarios that name one
 * file surely want the same pods, and a run can keep these from one to the next.
 */
export function withNamespaces(findings: Findings, root: YamlNode, readText: ReadText): YamlNode {
  const named = root.fields?.get('namespaces');
  if (typeof named?.value !== 'string') return root;
  const { position } = named;
  const file = joinPath(folderOf(position.file), named.value);
  const text = readText(file);
  if (text === undefined) {
    const expected = 'namespaces, or the name of a file with them';
    const found = `"${named.value}", and there is no ${file}`;
    report(findings, { code: 'scenario-file', path: ['namespaces'], position, expected, found });
    return root;
  }
  const { documents, problems } = parseYaml(text, file);
  findings.push(...problems);
  const [held, more] = documents;
  if (held === undefined || more !== undefined) {
    const at = { file, line: 1, column: 1 };
    const facts = { code: 'scenario-documents', path: [], position: at, expected: 'one YAML document' };
    if (problems.length === 0) report(findings, { ...facts, found: String(documents.length) });
    return root;
  }
  const fields = new Map(root.fields).set('namespaces', { ...held.root, keyPosition: named.keyPosition });
  return { ...root, fields, value: Object.fromEntries([...fields].map(([key, field]) => [key, field.value])) };
}
