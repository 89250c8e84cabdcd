/** Chance that a claim about a leak is wrong. */
const RISK = 0.05;

/**
 * Leak rate (0 to 1) that `attempts` independent attempts without a leak exclude at 95 %. A dataplane that leaks with
 * probability p shows no leak in n attempts with probability (1 - p)^n; this is at most 5 % when p >= 1 - 0.05^(1/n).
 * 30 attempts exclude 0.095, 300 exclude 0.01; none exclude nothing (1).
 */
export function excludedLeak(attempts: number): number {
  return attempts === 0 ? 1 : 1 - RISK ** (1 / attempts);
}
