import { parseYaml } from './yaml-document.ts';

/** What a text is: Kubernetes manifests, a scenario, nothing but comments, or something else. */
export type DocumentKind = 'manifest' | 'scenario' | 'empty' | 'other';

/** Fields of a scenario; other files have a `title` or `steps` too, but not two of these. */
const SCENARIO_FIELDS = ['title', 'why', 'origin', 'namespaces', 'cases', 'steps'];

/** What a text is, by the fields at its top, even if its YAML or JSON is broken. */
export function documentKind(text: string): DocumentKind {
  const written = [...text.matchAll(/^"?([\w.-]+)"?\s*:/gm)].map(([, field = '']) => field);
  const likely = kindBy(written);
  if (likely !== undefined) return likely;
  const known = fieldsOfJson(text);
  if (known !== undefined) return kindBy(known) ?? 'other';
  const { documents, problems } = parseYaml(text, '');
  const read = kindBy(documents.flatMap(({ root }) => [...(root.fields?.keys() ?? [])]));
  if (read !== undefined) return read;
  if (problems.length > 0) return /"(?:apiVersion|kind)"\s*:|\{\s*apiVersion:/.test(text) ? 'manifest' : 'other';
  return documents.length === 0 ? 'empty' : 'other';
}

function kindBy(fields: readonly string[]): DocumentKind | undefined {
  const own = fields.filter((field) => SCENARIO_FIELDS.includes(field)).length;
  if (own >= 2 || (own > 0 && own === fields.length)) return 'scenario';
  return fields.includes('apiVersion') || fields.includes('kind') ? 'manifest' : undefined;
}

/** The fields of a JSON text, which is read much faster than as YAML; undefined for one that is none. */
function fieldsOfJson(text: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  } catch {
    return undefined;
  }
}
