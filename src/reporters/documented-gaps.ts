import type { CardEntry } from '../core/result/result.ts';

/** What the plugin's makers say of the gaps that a card shows, each once. */
export function documentedGaps(card: readonly CardEntry[]): readonly string[] {
  const violated = card.filter(({ state }) => state === 'violated');
  return [...new Set(violated.flatMap(({ documented }) => documented ?? []))];
}
