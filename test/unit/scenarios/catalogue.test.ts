import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { CARD_PROPERTIES } from '../../../src/core/result/card/properties.ts';
import { countBy } from '../../../src/core/scenario/count-by.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';

const PAGE = new URL('../../../docs/scenarios.md', import.meta.url);
const scenarios = loadScenarios([]);
const folderOf = ({ id }: Scenario) => id.slice(0, id.indexOf('/'));

const FOLDERS: Readonly<Record<string, string>> = {
  article: 'The policies of a well-known article, each asked with its own `wget` too.',
  upstream:
    "What [Kubernetes' own tests](https://github.com/kubernetes/kubernetes/tree/v1.37.2/test/e2e/network/netpol) of NetworkPolicy ask: 49 cases of the network, numbered in their order, and 2 of the API.",
  recipes:
    'The fourteen [recipes](https://github.com/ahmetb/kubernetes-network-policy-recipes), each by its manifest; there is no number 13.',
  connections: 'What becomes of connections that are open, and of their ports once they are closed.',
  cyclonus:
    'What [cyclonus](https://github.com/mattfenwick/cyclonus) generates. Most come from tables of cases; tags that begin with `cyclonus.` are its own.',
  bugs: 'What would have shown bugs that plugins really had: see [which](bugs.md).',
  disruption: 'What holds while the plugin itself restarts: see [how it is asked](disruption.md).',
  'life-cycle': 'What holds while pods and namespaces come and go.',
  paths: 'Ways to address what is probed that others leave out: node addresses, hosts outside.',
  start: 'What holds from the first instant of a pod on.',
  semantics: 'What the API promises and none of the others asks.',
};

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [head = [], ...others] = rows;
  const line = (row: readonly string[], pad = ' ') =>
    `| ${row.map((text, column) => text.padEnd(widths[column]!, pad)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...others.map((row) => line(row)),
  ].join('\n');
};

/** One item for each file: a file with cases says how many, and the first of them. */
function filesOf(folder: string): string {
  const files = Map.groupBy(
    scenarios.filter((scenario) => folderOf(scenario) === folder),
    ({ file }) => file,
  );
  const items = [...files].map(([file, [first, ...others]]) => {
    const name = file.replace(/^scenarios\//, '').replace(/\.ya?ml$/, '');
    const { title, why, origin = '' } = first!;
    const shows = others.length === 0 ? title : `${others.length + 1} cases, such as: ${title}`;
    const link = /^https:\S+$/.test(origin) ? ` [Source](${origin}).` : '';
    return `- [${name}](../${file}): **${shows}.** ${why}${link}`;
  });
  return items.join('\n');
}

function page(): string {
  const counts = new Map(countBy(scenarios, 'tag'));
  const folders = [...new Set(scenarios.map(folderOf))];
  return `# Which scenarios come with netproof?

${scenarios.length} scenarios. \`netproof list\` shows them one by one, \`netproof list --by tag\` counts them, \`netproof show NAME\` prints
one with its policies and what it expects. The page is written by a test (\`UPDATE_DOCS=1\`).

${table([
  ['folder', 'scenarios'],
  ...folders.map((folder) => [
    `[${folder}](#${folder})`,
    `${scenarios.filter((scenario) => folderOf(scenario) === folder).length}`,
  ]),
])}

## What they ask of a plugin

The rows of a plugin's capability card, by the tags that prove them.

${table([
  ['tag', 'what it means', 'scenarios'],
  ...CARD_PROPERTIES.map(({ tag, title }) => [`\`${tag}\``, title, `${counts.get(tag) ?? 0}`]),
])}
${folders.map((folder) => `\n## ${[folder, FOLDERS[folder], filesOf(folder)].filter(Boolean).join('\n\n')}\n`).join('')}`;
}

describe('page docs/scenarios.md', () => {
  it('is what the scenarios come to (UPDATE_DOCS=1 writes it anew)', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page());
    expect(readFileSync(PAGE, 'utf8')).to.equal(page());
  });
});

describe('the tags of scenarios', () => {
  const known = new Set([...CARD_PROPERTIES.map(({ tag }) => tag), ...Object.keys(FOLDERS)]);
  const strict = scenarios.filter((scenario) => ['upstream', 'recipes', 'cyclonus'].includes(folderOf(scenario)));

  it('are rows of the card, where a scenario comes from, or cyclonus’ own', () => {
    const tags = strict.flatMap((scenario) => scenario.tags).filter((tag) => !tag.startsWith('cyclonus.'));
    expect(tags.filter((tag) => !known.has(tag))).to.deep.equal([]);
  });

  it('tell where a scenario comes from, and at least one thing that it asks', () => {
    const rows = new Set(CARD_PROPERTIES.map(({ tag }) => tag));
    const wrong = strict.filter(
      (scenario) => !scenario.tags.includes(folderOf(scenario)) || !scenario.tags.some((tag) => rows.has(tag)),
    );
    expect(wrong.map(({ id }) => id)).to.deep.equal([]);
  });
});
