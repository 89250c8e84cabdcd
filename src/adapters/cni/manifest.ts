import { parseAllDocuments } from 'yaml';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { KubeObject } from '../../ports/cluster.ts';

/** The objects of a plugin's manifest as raw trees, in the file's order. Rejects with `ClusterError` `manifest-invalid`. */
export function manifestObjects(text: string, origin: string): readonly KubeObject[] {
  const documents = parseAllDocuments(text);
  const problem = documents.flatMap((document) => document.errors)[0];
  const objects = documents.map((document): unknown => document.toJS()).filter((object) => object != null);
  if (problem !== undefined || objects.length === 0 || !objects.every(isKubeObject)) {
    throw new ClusterError({
      code: 'manifest-invalid',
      message: `${origin} holds no Kubernetes objects: ${problem?.message ?? text.slice(0, 80).trim()}`,
      hint: 'Does the version exist, and does a proxy answer in its place?',
    });
  }
  return objects;
}

function isKubeObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = value as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}

/** Every image that the objects' containers name, each once, in order. */
export function manifestImages(objects: readonly KubeObject[]): readonly string[] {
  const images = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if ((key === 'containers' || key === 'initContainers') && Array.isArray(child)) {
        for (const { image } of child as readonly { readonly image?: unknown }[]) {
          if (typeof image === 'string') images.add(image);
        }
      }
      walk(child);
    }
  };
  for (const object of objects) if (object.kind !== 'CustomResourceDefinition') walk(object);
  return [...images];
}
