import { gibibytes, goodMemory, leastMemory } from '../cluster/kind/require-memory.ts';
import type { Check } from './check.ts';

/** Judges the bytes of memory that a cluster can have. */
export function memoryCheck(available: number): Check {
  const found = `${gibibytes(available)} available`;
  if (available >= goodMemory) return { name: 'memory', level: 'ok', found };
  const level = available < leastMemory ? 'lack' : 'warn';
  return {
    name: 'memory',
    level,
    found,
    remedy: `Free memory: a cluster needs ${gibibytes(leastMemory)}, and runs well with ${gibibytes(goodMemory)}.`,
  };
}
