import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { fillTree } from '../../src/core/scenario/placeholders.ts';
import type { Json, Scenario } from '../../src/core/scenario/scenario.ts';
import { syntheticAddresses } from '../../src/core/scenario/synthetic-addresses.ts';

type Tree = { readonly [key: string]: Json };

interface Case {
  readonly description: string;
  readonly tags: readonly string[];
  readonly steps: readonly (readonly { readonly [action: string]: Tree | null }[])[];
}

/** They make pods or namespaces in the middle, which no step of a scenario does. */
const NOT_OURS = ['should allow ingress access on one named port', 'Create/delete namespace', 'Create/delete pod'];

const scenarios = loadScenarios(['cyclonus']);

describe('the cases that cyclonus generates', function () {
  this.timeout(600_000);
  let cases: readonly Case[] = [];
  before(function () {
    if (spawnSync('go', ['version']).status !== 0) this.skip();
    const [address = ''] = (scenarios[0] && syntheticAddresses(scenarios[0], ['IPv4']).pods.get('z/c')) ?? [];
    const cwd = join(import.meta.dirname, 'cyclonus');
    const output = execFileSync('go', ['run', './cases', address], { cwd, maxBuffer: 1 << 28, encoding: 'utf8' });
    cases = output
      .trimEnd()
      .split('\n')
      .map((line): Case => JSON.parse(line));
  });

  it('are ours, with the same policies in the same steps under the same tags', () => {
    expect(cases).to.have.length(230);
    const left = new Map(scenarios.map((scenario) => [scenario.id, textOf(scenario)]));
    const missing = cases.filter((each) => {
      const text = caseText(each);
      const [id] = [...left].find(([, ours]) => ours === text) ?? [];
      return id === undefined || !left.delete(id);
    });
    expect(missing.map(({ description }) => description)).to.deep.equal(NOT_OURS);
    expect([...left.keys()]).to.deep.equal([]);
  });
});

function textOf(scenario: Scenario): string {
  const addresses = syntheticAddresses(scenario, ['IPv4']);
  const tags = scenario.tags.filter((tag) => tag.startsWith('cyclonus.')).map((tag) => tag.slice('cyclonus.'.length));
  const steps = scenario.steps.map(({ changes }) =>
    changes.map((change) => {
      if (change.kind === 'apply') return policyOf(fillTree(change.manifest.tree, addresses) as Tree);
      return change.kind === 'delete' ? { deleted: change.policy.name } : 'labels';
    }),
  );
  return JSON.stringify([tags.toSorted(), steps], sorted);
}

/** Labels are not compared: cyclonus states all that there are afterwards, a scenario those that change. */
function caseText({ tags, steps }: Case): string {
  const changes = steps.map((actions) =>
    actions.map((action) => {
      const { CreatePolicy, UpdatePolicy, DeletePolicy, SetNamespaceLabels, SetPodLabels } = action;
      const policy = (CreatePolicy ?? UpdatePolicy)?.Policy;
      if (policy !== undefined) return policyOf(policy as Tree);
      if (DeletePolicy) return { deleted: DeletePolicy.Name };
      return SetNamespaceLabels || SetPodLabels ? 'labels' : action;
    }),
  );
  return JSON.stringify(
    [
      tags
        .filter((tag) => !GROUPS.has(tag))
        .map((tag) => tag.replace('/', '-'))
        .toSorted(),
      changes,
    ],
    sorted,
  );
}

/** Tags that say only what group another one is of. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['action', 'target', 'direction', 'policy-stack', 'rule', 'protocol', 'port', 'peer-ipblock', 'peer-pods'],
  'miscellaneous',
]);

/** What a policy says, without lists and mappings that mean the same as none. */
function policyOf({ metadata, spec }: Tree): unknown {
  const { name, namespace = 'x' } = metadata as Tree;
  const { podSelector = {}, policyTypes, ingress, egress } = spec as Tree;
  const rules = (list: Json | undefined) => ((list ?? []) as readonly Tree[]).map(withoutEmpty);
  return {
    name,
    namespace,
    podSelector: withoutEmpty(podSelector as Tree),
    policyTypes: [...(policyTypes as readonly string[])].toSorted(),
    ingress: rules(ingress),
    egress: rules(egress),
  };
}

function withoutEmpty(tree: Tree): Tree {
  const isEmpty = (value: Json) => value === null || ['[]', '{}'].includes(JSON.stringify(value));
  return Object.fromEntries(Object.entries(tree).filter(([, value]) => !isEmpty(value)));
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
