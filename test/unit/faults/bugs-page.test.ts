import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { ADDRESS_FAULTS } from '../../support/faults/bugs/addresses.ts';
import { BUG_FAULTS } from '../../support/faults/bugs.ts';

interface Bug {
  readonly id: string;
  readonly plugin: string;
  readonly url: string;
  readonly symptom: string;
  readonly direction: string;
  readonly needs: readonly string[];
}

const bugs: readonly Bug[] = JSON.parse(
  readFileSync(new URL('../../support/faults/catalogue.json', import.meta.url), 'utf8'),
);
const PAGE = new URL('../../../docs/bugs.md', import.meta.url);
const scenarios = loadScenarios(['bugs', 'disruption', 'life-cycle', 'paths']);
const simulated = new Set([...BUG_FAULTS, ...ADDRESS_FAULTS].map(({ id }) => id));
const catching = (id: string): readonly string[] =>
  scenarios.filter(({ catches = [] }) => catches.includes(id)).map((scenario) => scenario.id);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A page without what its formatter adds to tables. */
const squeezed = (text: string): string => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---');

function page(): string {
  const caught = bugs.filter(({ id }) => catching(id).length > 0);
  const missing = bugs.filter(({ id }) => catching(id).length === 0);
  const proved = caught.filter(({ id }) => simulated.has(id));
  return `# Which bugs of plugins are the scenarios known to show?

${bugs.length} bugs that network plugins really had. ${caught.length} of them have a scenario that shows them; of these, ${proved.length} are put
into a simulated dataplane by \`npm test\`, where the scenario has to fail, as it has to pass on a sound one. The other ${missing.length}
need what netproof or its clusters do not have. The page is written by a test (\`UPDATE_DOCS=1\`).

## Shown

${row(['bug', 'plugin', 'what went wrong', 'scenarios', 'simulated'])}
${row(['---', '---', '---', '---', '---'])}
${caught
  .map(({ id, plugin, url, symptom, direction }) => {
    const names = catching(id).map((name) => `\`${name}\``);
    const what = `[${cell(symptom)}](${url}) (${direction})`;
    return row([id, plugin, what, names.join(', '), simulated.has(id) ? 'yes' : 'no']);
  })
  .join('\n')}

## Not shown

${row(['bug', 'plugin', 'what went wrong', 'what it needs'])}
${row(['---', '---', '---', '---'])}
${missing
  .map(({ id, plugin, url, symptom, direction, needs }) =>
    row([id, plugin, `[${cell(symptom)}](${url}) (${direction})`, needs.join(', ')]),
  )
  .join('\n')}
`;
}

describe('page docs/bugs.md', () => {
  it('is what the scenarios and faults come to (UPDATE_DOCS=1 writes it anew)', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page());
    expect(squeezed(readFileSync(PAGE, 'utf8'))).to.equal(squeezed(page()));
  });

  it('knows every bug that a scenario lists', () => {
    const known = new Set(bugs.map(({ id }) => id));
    const listed = scenarios.flatMap(({ catches = [] }) => catches);
    expect(listed.filter((id) => !known.has(id))).to.deep.equal([]);
    expect(BUG_FAULTS.filter(({ id }) => !known.has(id))).to.deep.equal([]);
  });
});
