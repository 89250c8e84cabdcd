/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let j = 0; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      (rows[i] as number[])[j] = Math.min(replaced, swapped, cell(i - 1, j) + 1, cell(i, j - 1) + 1);
    }
  }
  return cell(a.length, b.length);
}

/** The name among `known` that `found` was likely meant to be, or undefined when none is near. Ignores case. */
export function nearestName(found: string, known: readonly string[]): string | undefined {
  if (found.length > 100) return undefined;
  const limit = Math.max(1, Math.floor(found.length / 3));
  const ranked = known
    .map((name) => ({ name, edits: distance(found.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.name;
}

/** The hint `did you mean "from"?`, ready to be spread into a problem; empty when no known name is near. */
export function didYouMean(found: string, known: readonly string[]): { readonly hint?: string } {
  const name = nearestName(found, known);
  return name === undefined ? {} : { hint: `did you mean "${name}"?` };
}
