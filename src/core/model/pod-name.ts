import type { Pod } from './pod.ts';

/** A pod's or Service's name with its namespace: `x/a`. */
export function fullName({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
