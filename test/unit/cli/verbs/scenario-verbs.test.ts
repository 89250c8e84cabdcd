import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { checkCommand } from '../../../../src/cli/verbs/check.ts';
import { listCommand } from '../../../../src/cli/verbs/list.ts';
import { showCommand } from '../../../../src/cli/verbs/show.ts';
import { ScenarioError, UsageError } from '../../../../src/core/diagnostics/errors.ts';
import { policyText, scenarioText } from '../../../support/scenario/scenario-text.ts';

type Verb = (write: (text: string) => void, output: { width: number; colour: boolean }) => Command;

async function printed(verb: Verb, ...args: readonly string[]): Promise<string> {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  await verb(write, { width: 100, colour: false }).parseAsync(args, { from: 'user' });
  return text;
}
const failure = (verb: Verb, ...args: readonly string[]) => printed(verb, ...args).catch((error: unknown) => error);

describe('netproof check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-check-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  after(() => rmSync(folder, { recursive: true }));

  it('accepts scenarios and manifests, and tells what would be left out', async () => {
    expect(await printed(checkCommand, 'scenarios/article')).to.equal(
      'note: status left out of scenarios/article/example-network-policy.policy.yaml:33:1\n4 scenarios, 5 manifests: no mistakes found\n',
    );
    expect(await printed(checkCommand, 'traffic-restriction')).to.equal('1 scenario, 0 manifests: no mistakes found\n');
    const deployment = file('other.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {}\n');
    expect(await printed(checkCommand, deployment)).to.equal('0 scenarios, 1 manifest: no mistakes found\n');
  });

  it('says each mistake of a policy once, with its place, although its file and a scenario have it', async () => {
    file('p.yaml', `${policyText('p', '{podSelector: {}, ingress: [{form: []}]}')}\n`);
    file('s.yaml', scenarioText({ steps: '  - {name: one, apply: [p.yaml]}' }));
    file('t.yaml', scenarioText({ pods: '      a: {ports: [0]}' }));
    const error = (await failure(checkCommand, folder)) as ScenarioError;
    expect(error).to.be.instanceOf(ScenarioError);
    expect(error.exitCode).to.equal(2);
    expect(
      error.problems.map(({ position }) => `${position?.file} ${position?.line}:${position?.column}`),
    ).to.deep.equal([`${join(folder, 'p.yaml')} 1:113`, `${join(folder, 't.yaml')} 6:19`]);
  });

  it('takes JSON, and manifests whatever their files are called', async () => {
    const own = join(folder, 'names');
    mkdirSync(join(own, 'sub.yaml'), { recursive: true });
    const wrong = policyText('p', '{podSelector: {}, ingress: [{form: []}]}');
    const names = ['p.json', 'p.pods.yaml', 'known.yaml', 'sub.yaml/p.yml'];
    for (const name of names) file(join('names', name), wrong);
    file('names/q.pods.yaml', 'x: {pods: {a: {}}}\n');
    const { problems } = (await failure(checkCommand, own)) as ScenarioError;
    expect(problems.map(({ position }) => position?.file)).to.have.members(names.map((name) => join(own, name)));
  });

  it('refuses what cannot be read', async () => {
    mkdirSync(join(folder, 'dead'));
    symlinkSync('nowhere', join(folder, 'dead', 'link.yaml'));
    expect(await failure(checkCommand, join(folder, 'dead'))).to.include({ code: 'file-unreadable', exitCode: 2 });
  });

  it('passes over what is neither a manifest nor a scenario, and says so', async () => {
    const own = join(folder, 'others');
    mkdirSync(own);
    file('others/empty.yaml', '# nothing yet\n');
    file('others/values.yaml', 'image: {tag: v1}\n');
    file('others/pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n');
    expect(await printed(checkCommand, own)).to.equal(
      `note: ${own}/values.yaml is left out: it is neither a manifest nor a scenario
note: ${own}/empty.yaml is empty
0 scenarios, 1 manifest: no mistakes found
`,
    );
    expect(await failure(checkCommand, join(own, 'values.yaml'))).to.include({ code: 'file-kind-unknown' });
    const json = file('others/broken.json', '{\n  "apiVersion": "v1",\n  "kind": "Pod"\n  "metadata": {}\n}\n');
    const { problems } = (await failure(checkCommand, json)) as ScenarioError;
    expect(problems[0]).to.deep.include({ code: 'yaml-syntax' });
    expect(problems[0]?.position?.line).to.be.within(3, 4);
  });

  it('says which policies replace others, and which rules have no effect', async () => {
    const idle = policyText('p', '{policyTypes: [Ingress], egress: [{}]}');
    const dup = file('dup.yaml', `${policyText('p', '{}')}\n---\n${idle}\n`);
    expect(await printed(checkCommand, dup)).to.equal(`note: ${dup}:3:1 replaces default/p of ${dup}:1:1
note: ${dup}:3:${idle.indexOf('egress') + 1}: spec.egress of default/p has no effect: policyTypes lacks Egress
0 scenarios, 1 manifest: no mistakes found
`);
  });

  it('refuses what is not there', async () => {
    expect(await failure(checkCommand, join(folder, 'none.yaml'))).to.be.instanceOf(UsageError);
  });
});

describe('netproof list', () => {
  it('counts scenarios by tag, by where they come from and by folder', async () => {
    const rules = ['cyclonus/rules', 'cyclonus/targets', 'recipes/01-deny-all-traffic-to-an-application'];
    expect(await printed(listCommand, ...rules, '--by', 'origin')).to.equal(
      '10  github.com/mattfenwick/cyclonus\n 1  github.com/ahmetb/kubernetes-network-policy-recipes\n11 scenarios\n',
    );
    expect(JSON.parse(await printed(listCommand, ...rules, '--by', 'folder', '--json'))).to.deep.equal({
      cyclonus: 10,
      recipes: 1,
    });
    const byTag = await printed(listCommand, ...rules, '--by', 'tag');
    expect(byTag.split('\n').slice(0, 3)).to.deep.equal(['10  cyclonus', ' 9  ingress', ' 8  egress']);
  });

  it('takes no way to count or choose scenarios beside plugins', async () => {
    const code = (...args: string[]) => {
      const verb: Verb = (write, output) =>
        listCommand(write, output)
          .exitOverride()
          .configureOutput({ writeErr: () => {} });
      return failure(verb, ...args).then((error) => (error as { code?: string }).code);
    };
    expect(await code('--cni', '--by', 'tag')).to.equal('commander.conflictingOption');
    expect(await code('--cni', '--tags', 'dns')).to.equal('commander.conflictingOption');
  });

  it('names scenarios with tags, titles and origins', async () => {
    const text = await printed(listCommand, 'article', '--tags', 'order');
    expect(text.split('\n').slice(0, 2)).to.deep.equal([
      'article/resolution-all-traffic  [article ingress allow order]',
      '  One policy that allows everything overrules one that bans everything',
    ]);
    expect(text).to.match(/\n1 scenario\n$/);
    expect(await printed(listCommand, 'article', '--tags', ' dns, order')).to.match(/\n2 scenarios\n$/);
  });

  it('prints JSON', async () => {
    const [entry] = JSON.parse(await printed(listCommand, '--json', '--tags', 'dns', 'article')) as unknown[];
    expect(entry).to.include({
      id: 'article/example-network-policy',
      file: 'scenarios/article/example-network-policy.yaml',
    });
    expect(entry).to.have.property('steps').that.is.an('array').of.length(3);
  });
});

describe('netproof show', () => {
  it('shows pods, policies and matrices of every step', async () => {
    const text = await printed(showCommand, 'example-network-policy');
    expect(text).to.contain('  pod      example-app-alpine  alpine          app=example-app\n');
    expect(text).to.contain('note: status left out of');
    expect(text).to.contain('apply NetworkPolicy example-namespace/example-network-policy (scenarios/article/');
    expect(text).to.contain('  |   policyTypes:\n');
    expect(text).to.contain('. open   X closed   U name does not resolve');
    expect(text.match(/^step \d: .*/gm)).to.deep.equal([
      'step 1: no policy',
      'step 2: example-network-policy',
      'step 3: the policy deleted',
    ]);
  });

  it('refuses a scenario that is not there', async () => {
    expect(await failure(showCommand, 'example-policy')).to.include({ code: 'scenario-unknown' });
  });
});
