import { InvalidArgumentError } from 'commander';
import { parseDuration as millisecondsOf } from '../core/scenario/duration.ts';

/** Parses `250ms`, `5s` or `2m` into milliseconds, for commander options. Throws `InvalidArgumentError`. */
export function parseDuration(text: string): number {
  const ms = millisecondsOf(text);
  if (ms === undefined) throw new InvalidArgumentError('expected a duration such as 250ms, 5s or 2m');
  return ms;
}
