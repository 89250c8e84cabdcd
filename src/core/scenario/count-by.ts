import type { Scenario } from './scenario.ts';

/** What scenarios are counted by. */
export const COUNTED_BY = ['tag', 'origin', 'folder'] as const;
/** One of them. */
export type CountedBy = (typeof COUNTED_BY)[number];

/**
 * How many scenarios there are under each tag, from each origin (of links the project or site), or in each folder.
 * Most first, then by name. One without an origin counts under `none`; one with several tags under each.
 */
export function countBy(
  scenarios: readonly Pick<Scenario, 'id' | 'tags' | 'origin'>[],
  by: CountedBy,
): readonly (readonly [name: string, scenarios: number])[] {
  const names = scenarios.flatMap((scenario) => (by === 'tag' ? scenario.tags : [NAMES[by](scenario)]));
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length] as const);
  return counts.sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

const NAMES = {
  origin: ({ origin }: Pick<Scenario, 'origin'>) => (origin === undefined ? 'none' : projectOf(origin)),
  folder: ({ id }: Pick<Scenario, 'id'>) => (id.includes('/') ? id.slice(0, id.indexOf('/')) : '.'),
};

/** The project on GitHub or the site that a text points at; a text without a link stands for itself. */
function projectOf(origin: string): string {
  const [, host, path = ''] = /https?:\/\/([^/\s]+)((?:\/[^/\s]+){0,2})/.exec(origin) ?? [];
  if (host === undefined) return origin;
  return host === 'github.com' ? `${host}${path}` : host;
}
