import type { CardDifference, Difference, ScenarioDifference } from '../core/result/difference/difference.ts';
import { changeWord, differenceTitle, latencySentence, verdictOf } from './difference-words.ts';
import type { PrintOptions } from './matrix.ts';
import { paint } from './symbols.ts';
import { counted } from './words.ts';
import { hung } from './wrap.ts';

/** Sign and colour of each change; the sign alone says as much. */
const MARKS = {
  violated: ['✗', 'red'],
  flaky: ['~', 'red'],
  undecided: ['?', 'yellow'],
  enforced: ['✓', 'green'],
  new: ['+', 'dim'],
  gone: ['-', 'dim'],
} as const;

/** Cells that are listed of a scenario. */
const SHOWN_CELLS = 8;

/** A difference for a terminal: what got worse first, then what else changed, then a closing line. */
export function differenceLines(difference: Difference, { colour, width }: PrintOptions): string[] {
  const { scenarios, card, latency } = difference;
  const lines = [
    paint('bold', differenceTitle(difference), colour),
    ...scenarios.flatMap((each) => scenarioLines(each, colour)),
    ...card.map(cardLine),
    ...latency.map((each) => {
      const shift = {
        slower: ['✗', 'red'],
        faster: ['✓', 'green'],
        same: ['=', 'dim'],
        'too-few': ['?', 'dim'],
      } as const;
      const [sign, style] = shift[each.verdict];
      return `${paint(style, sign, colour)} ${latencySentence(each)}`;
    }),
    verdictOf(difference),
  ];
  return lines.flatMap((line) => hung(line, width));
}

function scenarioLines(each: ScenarioDifference, colour: boolean): string[] {
  const [sign, style] = MARKS[each.change];
  const because = each.reason === null ? '' : `: ${each.reason}`;
  const hidden = each.cells.length - SHOWN_CELLS;
  return [
    `${paint(style, sign, colour)} ${changeWord(each)}: ${each.id}${because}`,
    ...each.cells.slice(0, SHOWN_CELLS).map((cell) => `    ${cell}`),
    ...(hidden > 0 ? [`    and ${counted(hidden, 'more cell')}`] : []),
  ];
}

function cardLine({ title, before, after }: CardDifference): string {
  return `  card: ${title}: ${before}, now ${after}`;
}
