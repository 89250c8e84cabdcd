import type { KubeObject } from '../../ports/cluster.ts';

/**
 * Objects in which containers of these images, which a manifest names without a tag, get one: what was loaded into the nodes is then used,
 * and not whatever is newest.
 */
export function taggedImages(
  objects: readonly KubeObject[],
  images: readonly string[],
  tag: string,
): readonly KubeObject[] {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child)]));
    const { image } = copy;
    if (typeof image !== 'string' || !images.includes(image)) return copy;
    return { ...copy, image: `${image}:${tag}`, imagePullPolicy: 'IfNotPresent' };
  };
  return objects.map((object) => walk(object) as KubeObject);
}
