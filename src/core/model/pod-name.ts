import type { Pod } from './pod.ts';

/** A pod's, Service's or policy's name with its namespace: `x/a`. */
export function fullName({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** Takes `x/a` apart. */
export function splitName(fullName: string): Pick<Pod, 'namespace' | 'name'> {
  const slash = fullName.indexOf('/');
  return { namespace: fullName.slice(0, slash), name: fullName.slice(slash + 1) };
}
