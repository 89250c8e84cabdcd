import { fullName } from '../model/pod-name.ts';
import type { Verdict } from './decision.ts';
import type { Reachability } from './reachability.ts';

/** A row of a printed or exported matrix: one source, destination and port, pods of equal fate taken together. */
export interface MatrixRow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
  readonly verdict: Verdict;
}

/** The rows of a matrix for groups of pods; without a group's inner row where it has one pod, which reaches itself. */
export function matrixRows(matrix: Reachability, groups: readonly (readonly number[])[]): readonly MatrixRow[] {
  const names = groups.map((group) => groupName(matrix, group));
  return groups.flatMap((sources, f) =>
    groups.flatMap((destinations, t) =>
      matrix.ports.flatMap(({ port, protocol }, p) => {
        const [from, to] = [sources[0], f === t ? destinations[1] : destinations[0]];
        if (from === undefined || to === undefined) return [];
        return [{ from: names[f] ?? '', to: names[t] ?? '', port, protocol, verdict: matrix.verdict(from, to, p) }];
      }),
    ),
  );
}

/** `x/a`, or `x/a+3` for it and three others. */
function groupName({ pods }: Reachability, group: readonly number[]): string {
  const [first] = group.map((index) => pods[index]);
  const name = first === undefined ? '' : fullName(first);
  return group.length > 1 ? `${name}+${group.length - 1}` : name;
}
