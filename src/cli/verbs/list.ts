import { Command, Option } from 'commander';
import { plugins } from '../../adapters/cni/plugins.ts';
import { loadScenarios } from '../../adapters/files/load-scenarios.ts';
import { COUNTED_BY, type CountedBy, countBy } from '../../core/scenario/count-by.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import type { PrintOptions } from '../../reporters/matrix.ts';
import { outputOn } from '../../reporters/output.ts';
import { paint } from '../../reporters/symbols.ts';
import { collect } from '../collect.ts';
import { toStdout } from '../oracle-options.ts';
import { pluginEntry, pluginListText } from '../plugin-list.ts';
import { sayNote } from '../say-note.ts';

interface ListOptions {
  readonly tags?: readonly string[];
  readonly json?: boolean;
  readonly cni?: boolean;
  readonly by?: CountedBy;
}

/** `netproof list`: the scenarios with their tags and origins. */
export function listCommand(
  write: (text: string) => void = toStdout,
  { colour }: Pick<PrintOptions, 'colour'> = outputOn(process.stdout),
): Command {
  return new Command('list')
    .description('list scenarios with their tags and origins')
    .argument('[scenario...]', 'scenario files, folders, globs or ids (default: all)')
    .option('--tags <tags>', 'only scenarios that have one of these tags, comma-separated', collect)
    .addOption(new Option('--by <what>', 'count them instead').choices(COUNTED_BY))
    .addOption(
      new Option('--cni', 'list the network plugins that netproof can install, with their versions').conflicts([
        'by',
        'tags',
      ]),
    )
    .option('--json', 'print JSON')
    .action((names: readonly string[], { tags, json, cni, by }: ListOptions) => {
      if (cni === true) {
        const known =
          json === true ? JSON.stringify(plugins.map(pluginEntry), null, 2) : pluginListText(plugins, colour);
        write(`${known}\n`);
        return;
      }
      const scenarios = loadScenarios(names, { ...(tags && { tags }), note: sayNote });
      if (by !== undefined) {
        const counts = countBy(scenarios, by);
        const table = json === true ? JSON.stringify(Object.fromEntries(counts), null, 2) : countsText(counts);
        write(`${table}\n${json === true ? '' : `${countText(scenarios)}\n`}`);
        return;
      }
      const text = json === true ? JSON.stringify(scenarios.map(entryOf), null, 2) : listText(scenarios, colour);
      write(`${text}\n`);
    });
}

/** What `list --json` says of a scenario. */
function entryOf({ id, file, title, why, origin, tags, catches = [], steps }: Scenario): unknown {
  return { id, file, title, why, origin: origin ?? null, tags, catches, steps: steps.map(({ name }) => name) };
}

function listText(scenarios: readonly Scenario[], colour: boolean): string {
  const entries = scenarios.map(({ id, title, origin, tags }) =>
    [
      `${paint('bold', id, colour)}${tags.length === 0 ? '' : `  [${tags.join(' ')}]`}`,
      `  ${title}`,
      ...(origin === undefined ? [] : [paint('dim', `  ${origin}`, colour)]),
    ].join('\n'),
  );
  return [...entries, countText(scenarios)].join('\n');
}

function countsText(counts: readonly (readonly [string, number])[]): string {
  const width = Math.max(0, ...counts.map(([, count]) => String(count).length));
  return counts.map(([name, count]) => `${String(count).padStart(width)}  ${name}`).join('\n');
}

function countText({ length }: readonly Scenario[]): string {
  return `${length} scenario${length === 1 ? '' : 's'}`;
}
