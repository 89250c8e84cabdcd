import type { WholeMatrix } from './whole-matrix.ts';

/**
 * Groups ends of equal fate: any two of a group reach and are reached by every other end alike, and treat each other
 * the same in both directions. That is an equivalence, so one of a group stands for it. Pods are never with ends
 * outside. Groups and their ends keep the order of the ends.
 */
export function fateGroups(matrix: WholeMatrix): readonly (readonly number[])[] {
  const outside = matrix.ends.map(({ stands }) => stands !== undefined);
  const groups: [number, ...number[]][] = [];
  for (const end of matrix.ends.keys()) {
    const home = groups.find(([first]) => outside[first] === outside[end] && alike(matrix, first, end));
    if (home === undefined) groups.push([end]);
    else home.push(end);
  }
  return groups;
}

function alike({ ends, ports, verdict }: WholeMatrix, a: number, b: number): boolean {
  for (const port of ports.keys()) {
    if (verdict(a, b, port) !== verdict(b, a, port)) return false;
    for (const other of ends.keys()) {
      if (other === a || other === b) continue;
      if (verdict(a, other, port) !== verdict(b, other, port)) return false;
      if (verdict(other, a, port) !== verdict(other, b, port)) return false;
    }
  }
  return true;
}
