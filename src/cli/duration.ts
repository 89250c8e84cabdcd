import { InvalidArgumentError } from 'commander';

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** Parses `250ms`, `5s` or `2m` into milliseconds, for commander options. Throws `InvalidArgumentError`. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  const unit = match?.[2] as keyof typeof UNITS | undefined;
  if (match === null || unit === undefined)
    throw new InvalidArgumentError('expected a duration such as 250ms, 5s or 2m');
  return Number(match[1]) * UNITS[unit];
}
