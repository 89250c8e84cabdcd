import type { CardEntry } from '../../core/result/result.ts';
import { documentedGaps } from '../documented-gaps.ts';
import { counted } from '../words.ts';
import { inline, table } from './escape.ts';

const STATES = { violated: '❌ violated', enforced: '✅ enforced', 'not-tested': '➖ not tested' } as const;

/** The capability card as a table, what is violated first; empty where there is no card. */
export function cardSection(card: readonly CardEntry[]): string {
  if (card.length === 0) return '';
  const order = ['violated', 'enforced', 'not-tested'] as const;
  const rows = order.flatMap((state) =>
    card
      .filter((entry) => entry.state === state)
      .map((entry) => [inline(entry.title), STATES[state], inline(evidenceOf(entry))]),
  );
  const gaps = documentedGaps(card).map((gap) => `\n\nDocumented: ${inline(gap)}`);
  return `### Capability card\n\n${table(['property', 'state', 'by'], rows)}${gaps.join('')}`;
}

/** Scenarios that are named of a violated property. */
const SHOWN = 5;

function evidenceOf(entry: CardEntry): string {
  const gap = entry.state === 'violated' && entry.documented !== undefined;
  return [foundOf(entry), ...(gap ? ['a documented gap'] : [])].join('; ');
}

function foundOf({ passed, violated, undecided, reason }: CardEntry): string {
  if (reason !== null) return reason;
  const more = violated.length > SHOWN ? [`${violated.length - SHOWN} more`] : [];
  const named = violated.length > 0 ? [[...violated.slice(0, SHOWN), ...more].join(', ')] : [];
  return [
    ...named,
    `${counted(passed, 'scenario')} passed`,
    ...(undecided > 0 ? [`${undecided} not decided`] : []),
  ].join('; ');
}
