/** Fewest differences that are not zero for which the normal approximation serves. */
export const FEWEST_PAIRS = 10;

/**
 * Wilcoxon's signed-rank test: the two-sided chance that differences of pairs have ranks as lopsided as these although
 * neither side is greater. Zeros are left out, ties get their mean rank, the variance is corrected for them; normal
 * approximation with continuity correction. Undefined for fewer than `FEWEST_PAIRS` differences that are not zero.
 */
export function signedRank(differences: readonly number[]): number | undefined {
  const sorted = differences.filter((each) => each !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = sorted.length;
  if (n < FEWEST_PAIRS) return undefined;
  const groups = [...Map.groupBy(sorted, Math.abs).values()];
  let rank = 0;
  let positive = 0;
  let ties = 0;
  for (const group of groups) {
    const mean = rank + (group.length + 1) / 2;
    positive += mean * group.filter((each) => each > 0).length;
    ties += group.length ** 3 - group.length;
    rank += group.length;
  }
  const distance = Math.max(0, Math.abs(positive - (n * (n + 1)) / 4) - 0.5);
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  return Math.min(1, 2 * upperTail(distance / Math.sqrt(variance)));
}

/** The chance that a standard normal variable exceeds `z` >= 0, to 1e-7 (Abramowitz and Stegun 26.2.17). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
