import type { Reachability } from './reachability.ts';

/**
 * Groups pods of equal fate: any two of a group reach and are reached by every other pod alike, and treat each other
 * the same in both directions. That is an equivalence, so one pod of a group stands for it. Groups and their pods keep the order of the pods.
 */
export function fateGroups(matrix: Reachability): readonly (readonly number[])[] {
  const groups: [number, ...number[]][] = [];
  for (const pod of matrix.pods.keys()) {
    const home = groups.find(([first]) => alike(matrix, first, pod));
    if (home === undefined) groups.push([pod]);
    else home.push(pod);
  }
  return groups;
}

function alike({ pods, ports, verdict }: Reachability, a: number, b: number): boolean {
  for (const port of ports.keys()) {
    if (verdict(a, b, port) !== verdict(b, a, port)) return false;
    for (const other of pods.keys()) {
      if (other === a || other === b) continue;
      if (verdict(a, other, port) !== verdict(b, other, port)) return false;
      if (verdict(other, a, port) !== verdict(other, b, port)) return false;
    }
  }
  return true;
}
