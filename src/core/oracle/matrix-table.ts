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
  return groups.flatMap((sources) =>
    groups.flatMap((destinations) =>
      matrix.ports.flatMap((asked, port) => {
        const [from, to] = [sources[0], destinations[sources === destinations ? 1 : 0]];
        if (from === undefined || to === undefined) return [];
        const verdict = matrix.verdict(from, to, port);
        if (verdict === undefined) return [];
        return [{ from: groupName(matrix, sources), to: groupName(matrix, destinations), ...asked, verdict }];
      }),
    ),
  );
}

/** `x/a`, or `x/a+3` for it and three others. */
function groupName({ ends }: WholeMatrix, group: readonly number[]): string {
  const [{ name }] = group.map((end) => ends[end]) as [WholeMatrix['ends'][number]];
  return group.length > 1 ? `${name}+${group.length - 1}` : name;
}
