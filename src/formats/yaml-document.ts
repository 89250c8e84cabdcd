import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import type { Problem } from '../core/diagnostics/errors.ts';
import type { Position } from '../core/diagnostics/position.ts';
import { yamlConverter } from './yaml-converter.ts';
import type { YamlNode } from './yaml-node.ts';
import { kubernetesScalars } from './yaml-scalars.ts';

/** One document of a YAML text. */
interface YamlDocument {
  readonly root: YamlNode;
  /** The document's own text, without the `---` lines around it. */
  readonly text: string;
}

/** What a YAML text holds. With problems, documents that have none of their own are still there. */
export interface YamlText {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly Problem[];
}

/** How plain scalars are read: by YAML 1.2, or by the rules of Kubernetes' clients, where `yes` and `y` are booleans. */
type Scalars = 'yaml-1.2' | 'kubernetes';

/**
 * Parses a text of one or more YAML documents into JSON values with positions. Syntax errors, duplicate keys, tags,
 * cyclic or excessive aliases and values that JSON has not are problems; to Kubernetes' clients also merge keys that repeat
 * a key: which value counts differs between them. Empty documents are left out. Never throws.
 */
export function parseYaml(text: string, file: string, scalars: Scalars = 'yaml-1.2'): YamlText {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    merge: true,
    customTags: (tags) => (scalars === 'kubernetes' ? [...kubernetesScalars, ...tags] : tags),
  });
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems: Problem[] = [];
  const documents: YamlDocument[] = [];
  let begin = 0;
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const own = text.slice(begin, document.range[2]);
    begin = document.range[2];
    const found = syntaxProblems(document, text, at);
    const root =
      found.length === 0
        ? yamlConverter(document, at, found, scalars === 'kubernetes').convert(document.contents)
        : undefined;
    problems.push(...found);
    if (root !== undefined && found.length === 0 && root.value !== null) {
      documents.push({ root, text: withoutMarkers(own) });
    }
  }
  return { documents, problems };
}

function syntaxProblems(document: Document.Parsed, text: string, at: (offset: number) => Position): Problem[] {
  return [...document.errors, ...document.warnings].map((error) => ({
    code: error.code === 'DUPLICATE_KEY' ? 'yaml-duplicate-key' : 'yaml-syntax',
    message:
      error.code === 'DUPLICATE_KEY'
        ? `expected each key once in a mapping, found ${keyAt(text, error.pos[0])} again`
        : `YAML: ${error.message}`,
    position: at(error.pos[0]),
  }));
}

/** The key that begins at an offset, in quotes. */
function keyAt(text: string, offset: number): string {
  const key = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*?))\s*:(?=\s|$|["'[{])/.exec(text.slice(offset, offset + 300));
  const name = key?.[1] ?? key?.[2] ?? key?.[3];
  return name === undefined || name === '' ? 'it' : `"${name}"`;
}

/** A document's text without the lines that mark its begin and end. */
function withoutMarkers(text: string): string {
  return text
    .replace(/\n?(?:---|\.\.\.)\s*$/, '')
    .replace(/^(?:---|\.\.\.)?[^\S\n]*\n/, '')
    .trimEnd();
}
