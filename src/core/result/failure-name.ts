import type { FailureResult } from './result.ts';

/** What a failure is of, in words: a cell, or a connection of it. */
export function failureName({ cell, connection }: Pick<FailureResult, 'cell' | 'connection'>): string {
  if (connection === 'held') return `${cell}, a connection held open`;
  if (connection === 'again') return `${cell}, dialled again from the source port of a connection that was held`;
  return cell;
}
