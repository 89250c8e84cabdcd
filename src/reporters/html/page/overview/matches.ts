import type { ScenarioEntry } from '../../../../core/result/page/overview.ts';
import type { Filter } from '../route.ts';
import { shownStatus } from '../status.tsx';

/** Whether a filter lets a scenario through: every word of the text stands in its id, title, tags, origin or reason. */
export function matches(scenario: ScenarioEntry, { text, status, tag, origin }: Filter): boolean {
  if (status.length > 0 && !status.includes(shownStatus(scenario))) return false;
  if (tag !== '' && !scenario.tags.includes(tag)) return false;
  if (origin !== '' && originOf(scenario) !== origin) return false;
  const { id, title, tags, reason, steps } = scenario;
  const haystack = [id, title, ...tags, scenario.origin ?? '', reason ?? '', ...steps.map(({ name }) => name)];
  const searched = haystack.join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

/** Where a scenario comes from, short enough for a list: the host of a link, else the text. */
export function originOf({ origin }: Pick<ScenarioEntry, 'origin'>): string {
  if (origin === null) return 'none stated';
  const link = URL.canParse(origin) ? new URL(origin) : undefined;
  if (link === undefined) return origin;
  return link.host === 'github.com' ? link.pathname.split('/').slice(1, 3).join('/') : link.host;
}
