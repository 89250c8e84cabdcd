import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { impossible, type Need } from '../../../src/core/scenario/needs.ts';
import { ADDRESS_FAULTS } from '../../support/faults/bugs/addresses.ts';
import { BUG_FAULTS } from '../../support/faults/bugs.ts';
import { HELD_FAULTS } from '../../support/faults/held-faults.ts';
import { START_FAULTS } from '../../support/faults/start-faults.ts';

interface Bug {
  readonly id: string;
  readonly plugin: string;
  readonly url: string;
  readonly symptom: string;
  readonly direction: string;
  readonly needs: readonly Need[];
}

const bugs: readonly Bug[] = JSON.parse(
  readFileSync(new URL('../../support/faults/catalogue.json', import.meta.url), 'utf8'),
);
const PAGE = new URL('../../../docs/bugs.md', import.meta.url);
const scenarios = loadScenarios(['bugs', 'connections', 'disruption', 'life-cycle', 'paths', 'start']);
const simulated = new Set([...BUG_FAULTS, ...ADDRESS_FAULTS, ...HELD_FAULTS, ...START_FAULTS].map(({ id }) => id));
const catching = (id: string): readonly string[] =>
  scenarios.filter(({ catches = [] }) => catches.includes(id)).map((scenario) => scenario.id);

/** Why a bug has no scenario, where its needs do not say it. */
const REASONS: Readonly<Record<string, string>> = {
  B08: 'API servers refuse such a range since 1.36',
  B97: 'how late an allowed new pod may connect is measured, not judged',
  B114: 'Services of scenarios have no external addresses',
  B144: 'scenarios have no thousand pods',
};

const whyNot = ({ id, needs }: Bug): string =>
  REASONS[id] ?? needs.flatMap((need) => impossible(need) ?? []).join('; ');

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
into a simulated dataplane by \`npm test\`, where the scenario has to fail, as it has to pass on a sound one. Of the other
${missing.length} the last table says why not. The page is written by a test (\`UPDATE_DOCS=1\`).

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

${row(['bug', 'plugin', 'what went wrong', 'why not'])}
${row(['---', '---', '---', '---'])}
${missing
  .map((bug) => {
    const { id, plugin, url, symptom, direction } = bug;
    return row([id, plugin, `[${cell(symptom)}](${url}) (${direction})`, whyNot(bug)]);
  })
  .join('\n')}
`;
}

describe('page docs/bugs.md', () => {
  it('is what the scenarios and faults come to (UPDATE_DOCS=1 writes it anew)', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page());
    expect(squeezed(readFileSync(PAGE, 'utf8'))).to.equal(squeezed(page()));
  });

  it('says of every bug without a scenario why it has none, and of no other', () => {
    const missing = bugs.filter(({ id }) => catching(id).length === 0);
    expect(missing.filter((bug) => whyNot(bug) === '').map(({ id }) => id)).to.deep.equal([]);
    expect(Object.keys(REASONS).filter((id) => !missing.some((bug) => bug.id === id))).to.deep.equal([]);
  });

  it('knows every bug that a scenario lists', () => {
    const known = new Set(bugs.map(({ id }) => id));
    const listed = scenarios.flatMap(({ catches = [] }) => catches);
    expect(listed.filter((id) => !known.has(id))).to.deep.equal([]);
    expect(BUG_FAULTS.filter(({ id }) => !known.has(id))).to.deep.equal([]);
  });
});
