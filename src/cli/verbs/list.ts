import { Command } from 'commander';
import { plugins } from '../../adapters/cni/plugins.ts';
import { loadScenarios } from '../../adapters/files/load-scenarios.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import type { PrintOptions } from '../../reporters/matrix.ts';
import { outputOn } from '../../reporters/output.ts';
import { paint } from '../../reporters/symbols.ts';
import { toStdout } from '../oracle-options.ts';
import { pluginEntry, pluginListText } from '../plugin-list.ts';

interface ListOptions {
  readonly tags?: readonly string[];
  readonly json?: boolean;
  readonly cni?: boolean;
}

/** `netproof list`: the scenarios with their tags and origins. */
export function listCommand(
  write: (text: string) => void = toStdout,
  { colour }: Pick<PrintOptions, 'colour'> = outputOn(process.stdout),
): Command {
  return new Command('list')
    .description('list scenarios with their tags and origins')
    .argument('[scenario...]', 'scenario files, folders, globs or ids (default: all)')
    .option('--tags <tags>', 'only scenarios that have one of these tags, comma-separated', (text: string) =>
      text.split(','),
    )
    .option('--cni', 'list the network plugins that netproof can install, with their versions')
    .option('--json', 'print JSON')
    .action((names: readonly string[], { tags, json, cni }: ListOptions) => {
      if (cni === true) {
        const known =
          json === true ? JSON.stringify(plugins.map(pluginEntry), null, 2) : pluginListText(plugins, colour);
        write(`${known}\n`);
        return;
      }
      const scenarios = loadScenarios(names, tags === undefined ? {} : { tags });
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
  const count = `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`;
  return [...entries, count].join('\n');
}
