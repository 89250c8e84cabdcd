import type { Verdict } from './decision.ts';
import type { AskedPort } from './reachability.ts';
import type { WholeMatrix } from './whole-matrix.ts';

/** A row of a printed or exported matrix: one source, destination and port, ends of equal fate taken together. */
export interface MatrixRow extends AskedPort {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
}

/**
 * The rows of a matrix for groups of ends; without a group's inner row where it has one pod, which reaches itself, and
 * without those between ends outside.
 */
export function matrixRows(matrix: WholeMatrix, groups: readonly (readonly number[])[]): readonly MatrixRow[] {
  const names = groups.map((group) => groupName(matrix, group));
  return groups.flatMap((sources, f) =>
    groups.flatMap((destinations, t) =>
      matrix.ports.flatMap((asked, p) => {
        const [from, to] = [sources[0], f === t ? destinations[1] : destinations[0]];
        if (from === undefined || to === undefined) return [];
        const verdict = matrix.verdict(from, to, p);
        return verdict === undefined ? [] : [{ from: names[f] ?? '', to: names[t] ?? '', ...asked, verdict }];
      }),
    ),
  );
}

/** `x/a`, or `x/a+3` for it and three others. */
function groupName({ ends }: WholeMatrix, group: readonly number[]): string {
  const { name = '' } = ends[group[0] ?? -1] ?? {};
  return group.length > 1 ? `${name}+${group.length - 1}` : name;
}
