import { parseYaml } from './yaml-document.ts';

/** Whether a text is Kubernetes manifests and no scenario: it says `apiVersion` or `kind`, even if its YAML is broken. */
export function isManifestText(text: string): boolean {
  if (/^steps:/m.test(text) || /^apiVersion:/m.test(text)) return !/^steps:/m.test(text);
  const fields = parseYaml(text, '').documents[0]?.root.fields;
  if (fields === undefined) return /^(?:apiVersion|kind):/m.test(text);
  return fields.has('apiVersion') || fields.has('kind');
}
