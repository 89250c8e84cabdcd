import type { CellResult } from '../../../../core/result/result.ts';

/** What a heat map shows of each cell. */
export type View = 'expected' | 'observed' | 'difference';

/** How a cell looks: a sign, which says the same as its colour, and the class that colours it. */
export interface Look {
  readonly sign: string;
  readonly look: string;
}

const EXPECTED = {
  open: { sign: '•', look: 'open' },
  closed: { sign: '×', look: 'closed' },
  unresolved: { sign: 'U', look: 'other' },
  reported: { sign: '~', look: 'unjudged' },
} as const satisfies Record<CellResult['expected'], Look>;

const OBSERVED = {
  open: { sign: '•', look: 'open' },
  dropped: { sign: '×', look: 'closed' },
  refused: { sign: 'R', look: 'closed' },
  misrouted: { sign: 'M', look: 'other' },
  unresolved: { sign: 'U', look: 'other' },
  inconclusive: { sign: '?', look: 'unknown' },
} as const satisfies Record<NonNullable<CellResult['observed']>, Look>;

/** What the signs mean, for the legend. */
export const MEANINGS: Readonly<Record<string, string>> = {
  '•': 'open',
  '×': 'closed',
  R: 'refused',
  M: 'somebody else answered',
  U: 'name does not resolve',
  '?': 'not known',
  '~': 'left open by Kubernetes',
  '=': 'as expected',
};

/** The look of a cell. The difference shows what was seen where that was not expected. */
export function lookOf(cell: CellResult, view: View): Look {
  const { expected, observed, status } = cell;
  if (view === 'expected') return EXPECTED[expected];
  const seen = observed === null ? OBSERVED.inconclusive : OBSERVED[observed];
  if (view === 'observed') return seen;
  if (status === 'passed') return { sign: '=', look: 'same' };
  if (status === 'reported') return { sign: '~', look: 'unjudged' };
  if (status === 'inconclusive') return { sign: '?', look: 'unknown' };
  return { sign: seen.sign, look: 'wrong' };
}

/** A cell in words: `x/a to y/b, port 80: expected closed, observed open, failed`. */
export function wordsOf({ from, to, port, protocol, expected, observed, status }: CellResult): string {
  const dialled = protocol === 'TCP' ? String(port) : `${port} ${protocol}`;
  return `${from} to ${to}, port ${dialled}: expected ${expected}, observed ${observed ?? 'nothing'}, ${status}`;
}
