import { expect } from 'chai';
import { plugins } from '../../../src/adapters/cni/plugins.ts';
import { pluginListText } from '../../../src/cli/plugin-list.ts';
import { listCommand } from '../../../src/cli/verbs/list.ts';

async function list(...args: readonly string[]): Promise<string> {
  let text = '';
  await listCommand(
    (part) => {
      text += part;
    },
    { colour: false },
  ).parseAsync(args, { from: 'user' });
  return text;
}

describe('list --cni', () => {
  it('shows every plugin with its versions, its default, and what it is documented not to do', async () => {
    const text = await list('--cni');
    for (const { name, versions } of plugins) {
      expect(text).to.match(new RegExp(`^${name} `, 'm'));
      for (const { version } of versions) expect(text).to.contain(version);
    }
    expect(text).to.contain('not ip-block: ').and.contain('(default');
    expect(text)
      .to.contain('does policies: ')
      .and.contain('v3.31.7 (nightly on Kubernetes v1.35.8, v1.34.11; no checksum is known)');
  });

  it('tells a plugin without gaps from one of which nobody knows them', () => {
    const calico = plugins.find(({ name }) => name === 'calico')!;
    const textOf = (over: Partial<typeof calico>) => pluginListText([{ ...calico, ...over }], false);
    expect(textOf({})).to.contain('gaps: no page of its makers is known that lists them');
    expect(textOf({ gapsAt: 'https://example.test' })).to.contain('gaps: none at https://example.test');
  });

  it('marks what no run has shown to work', async () => {
    const text = await list('--cni');
    const marked = text.split('\n').filter((line) => line.includes('[unverified]'));
    expect(marked).to.have.length(plugins.filter(({ verified }) => !verified).length);
    expect(marked.some((line) => line.startsWith('calico '))).to.equal(false);
  });

  it('is data with --json', async () => {
    const entries = JSON.parse(await list('--cni', '--json')) as readonly { readonly name: string }[];
    expect(entries.map(({ name }) => name)).to.deep.equal(plugins.map(({ name }) => name));
  });
});
