import type { KubeObject } from '../../ports/cluster.ts';

/** The part of Calico's DaemonSet that configures its agent. */
interface DaemonSet {
  readonly spec?: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly [field: string]: unknown }[];
}

/** Calico's objects with these variables in the environment of calico-node; what it had under their names goes. */
export function withNodeEnv(
  objects: readonly KubeObject[],
  env: Readonly<Record<string, string>>,
): readonly KubeObject[] {
  return objects.map((object) => inDaemonSet(object, env));
}

function inDaemonSet(object: KubeObject & DaemonSet, env: Readonly<Record<string, string>>): KubeObject {
  if (object.kind !== 'DaemonSet' || object.metadata.name !== 'calico-node' || object.spec === undefined) return object;
  const { template } = object.spec;
  const containers = template.spec.containers.map((container) =>
    container.name === 'calico-node'
      ? {
          ...container,
          env: [
            ...(container.env ?? []).filter(({ name }) => !(name in env)),
            ...Object.entries(env).map(([name, value]) => ({ name, value })),
          ],
        }
      : container,
  );
  return { ...object, spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers } } } };
}
