import type { Difference, ScenarioDifference } from '../../core/result/difference/difference.ts';
import { changeWord, differenceTitle, isPartial, latencySentence, verdictOf } from '../difference-words.ts';
import { inline } from './escape.ts';

/** Cells that are named of a scenario. */
const SHOWN_CELLS = 3;

/** What changed against an earlier run. */
export function differenceSection(difference: Difference): string {
  const { worse, scenarios, card, latency } = difference;
  const lines = [
    ...scenarios.map(scenarioLine),
    ...card.map(({ title, before, after }) => `- card: ${inline(title)}: ${before}, now **${after}**`),
    ...latency.map((each) => {
      const text = inline(latencySentence(each));
      return each.verdict === 'slower' || each.verdict === 'faster' ? `- **${text}**` : `- ${text}`;
    }),
  ];
  const partial = isPartial(difference);
  const head = worse
    ? '### ❌ Worse than before'
    : partial
      ? '### ❔ Not everything can be compared'
      : '### Difference';
  const nothing = partial ? [] : ['Nothing changed.'];
  return [
    ...[head, '', inline(differenceTitle(difference)), ''],
    ...(worse || partial ? [`${inline(verdictOf(difference))}.`, ''] : []),
    ...(lines.length > 0 ? lines : nothing),
  ].join('\n');
}

function scenarioLine(each: ScenarioDifference): string {
  const more = each.cells.length > SHOWN_CELLS ? [`${each.cells.length - SHOWN_CELLS} more`] : [];
  const cells = [...each.cells.slice(0, SHOWN_CELLS), ...more].map(inline).join('; ');
  const detail = cells || (each.reason === null ? inline(each.title) : inline(each.reason));
  return `- **${changeWord(each)}**: ${inline(each.id)}: ${detail}`;
}
