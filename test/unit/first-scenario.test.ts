import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { checkCommand } from '../../src/cli/verbs/check.ts';
import { showCommand } from '../../src/cli/verbs/show.ts';
import { formatError } from '../../src/reporters/error.ts';

const PAGE = new URL('../../docs/first-scenario.md', import.meta.url);
const VERBS: Readonly<Record<string, (write: (text: string) => void) => Command>> = {
  check: (write) => checkCommand(write),
  show: (write) => showCommand(write, { width: 100, colour: false }),
};

/** What a command of the page prints, its error too. */
async function printed(line: string): Promise<string> {
  const [, verb = '', ...args] = line.split(' ');
  let text = '';
  try {
    await VERBS[verb]?.((more) => {
      text += more;
    }).parseAsync(args, { from: 'user' });
    return text;
  } catch (error) {
    return `${formatError(error)}
`;
  }
}

describe('page docs/first-scenario.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'netproof-docs-'));

  before(() => {
    const files = [...page.matchAll(/^`([\w.]+)`:.*\n\n```yaml\n([\s\S]*?)```/gm)];
    for (const [, name, text] of files) writeFileSync(join(folder, name!), text!);
    const [, removed, added] = /```diff\n-(.*)\n\+(.*)\n```/.exec(page) ?? [];
    const scenario = readFileSync(join(folder, 'database.yaml'), 'utf8');
    expect(scenario).to.contain(removed);
    writeFileSync(join(folder, 'forgotten.yaml'), scenario.replace(removed!, added!));
    process.chdir(folder);
  });
  after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  it('shows what its commands print (UPDATE_DOCS=1 writes it anew)', async () => {
    const examples = [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)];
    expect(examples).to.have.length(3);
    let updated = page;
    for (const [block, command, output] of examples) {
      const now = await printed(command!);
      updated = updated.replace(block, () => `\`\`\`console\n$ ${command}\n${now}\`\`\``);
      if (!process.env.UPDATE_DOCS) expect(output).to.equal(now);
    }
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, updated);
  });

  it('has a table that says the same as its patterns', async () => {
    const [, table = ''] = /```yaml\n(expect:\n {2}table:[\s\S]*?)```/.exec(page) ?? [];
    const scenario = readFileSync('database.yaml', 'utf8');
    const indented = table
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`);
    const withTable = scenario.replace(
      / {4}expect:\n {6}deny[\s\S]*?(?= {2}- name: after)/,
      () => `${indented.join('\n')}\n`,
    );
    expect(withTable).to.contain('table:').and.not.contain('deny:');
    writeFileSync('table.yaml', withTable);
    expect(await printed('netproof check table.yaml')).to.equal('1 scenario, 0 manifests: no mistakes found\n');
  });
});
