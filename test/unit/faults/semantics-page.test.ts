import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Json } from '../../../src/core/scenario/scenario.ts';
import { trackedFiles } from '../../support/repository.ts';

const PAGE = new URL('../../../docs/semantics-coverage.md', import.meta.url);

/** What the API says of a field, and whether a policy makes use of it. Rules and peers are those of either direction. */
interface ApiPromise {
  readonly field: string;
  readonly says: string;
  readonly uses: (policy: Policy) => boolean;
}

type Tree = { readonly [key: string]: Json };
type Policy = Tree & { readonly metadata: Tree; readonly spec: Tree };

const list = (value: Json | undefined): readonly Tree[] => (Array.isArray(value) ? (value as readonly Tree[]) : []);
const rules = ({ spec }: Policy): readonly Tree[] => [...list(spec.ingress), ...list(spec.egress)];
const peers = (policy: Policy): readonly Tree[] => rules(policy).flatMap(({ from, to }) => list(from ?? to));
const ports = (policy: Policy): readonly Tree[] => rules(policy).flatMap((rule) => list(rule.ports));
const trees = (values: readonly (Json | undefined)[]): readonly Tree[] =>
  values.flatMap((value) => (value === undefined ? [] : [value as Tree]));
const blocks = (policy: Policy): readonly Tree[] => trees(peers(policy).map(({ ipBlock }) => ipBlock));
const selectors = (policy: Policy): readonly Tree[] =>
  trees(
    [policy.spec, ...peers(policy)].flatMap(({ podSelector, namespaceSelector }) => [podSelector, namespaceSelector]),
  );
const expressions = (policy: Policy): readonly Tree[] =>
  selectors(policy).flatMap((each) => list(each.matchExpressions));
const isEmpty = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0;
const isEmptyObject = (value: Json | undefined): boolean => JSON.stringify(value) === '{}';
const operator = (name: string) => (policy: Policy) => expressions(policy).some((each) => each.operator === name);
const protocol = (name: string) => (policy: Policy) => ports(policy).some((each) => each.protocol === name);
const typesAre =
  (text: string) =>
  ({ spec }: Policy) =>
    JSON.stringify(spec.policyTypes) === text;

const PROMISES: readonly ApiPromise[] = [
  {
    field: 'metadata.namespace',
    says: 'the policy is about pods of its own namespace',
    uses: ({ metadata }) => metadata.namespace !== undefined,
  },
  {
    field: 'spec.podSelector',
    says: 'the pods that it isolates, by labels',
    uses: ({ spec }) => !isEmptyObject(spec.podSelector),
  },
  {
    field: 'spec.podSelector: {}',
    says: 'every pod of the namespace',
    uses: ({ spec }) => isEmptyObject(spec.podSelector),
  },
  { field: 'spec.policyTypes: [Ingress]', says: 'incoming traffic is isolated', uses: typesAre('["Ingress"]') },
  { field: 'spec.policyTypes: [Egress]', says: 'outgoing traffic is isolated', uses: typesAre('["Egress"]') },
  { field: 'spec.policyTypes: both', says: 'both are', uses: ({ spec }) => list(spec.policyTypes).length === 2 },
  {
    field: 'spec.policyTypes absent',
    says: 'Ingress, and Egress where there is a rule for it',
    uses: ({ spec }) => spec.policyTypes === undefined,
  },
  { field: 'spec.policyTypes: []', says: 'as if absent', uses: ({ spec }) => isEmpty(spec.policyTypes) },
  {
    field: 'spec.ingress absent',
    says: 'with Ingress: nothing may enter',
    uses: ({ spec }) => spec.ingress === undefined,
  },
  { field: 'spec.ingress: []', says: 'nothing may enter', uses: ({ spec }) => isEmpty(spec.ingress) },
  { field: 'spec.ingress[]', says: 'what may enter', uses: ({ spec }) => list(spec.ingress).length > 0 },
  { field: 'spec.ingress: several', says: 'rules add up', uses: ({ spec }) => list(spec.ingress).length > 1 },
  {
    field: 'spec.egress absent',
    says: 'with Egress: nothing may leave',
    uses: ({ spec }) => spec.egress === undefined,
  },
  { field: 'spec.egress: []', says: 'nothing may leave', uses: ({ spec }) => isEmpty(spec.egress) },
  { field: 'spec.egress[]', says: 'what may leave', uses: ({ spec }) => list(spec.egress).length > 0 },
  { field: 'spec.egress: several', says: 'rules add up', uses: ({ spec }) => list(spec.egress).length > 1 },
  { field: 'rule: {}', says: 'everything', uses: (policy) => rules(policy).some(isEmptyObject) },
  {
    field: 'from, to: []',
    says: 'everybody',
    uses: (policy) => rules(policy).some(({ from, to }) => isEmpty(from ?? to)),
  },
  {
    field: 'from, to: several',
    says: 'one of them is enough',
    uses: (policy) => rules(policy).some(({ from, to }) => list(from ?? to).length > 1),
  },
  {
    field: 'from, to and ports',
    says: 'both have to match',
    uses: (policy) =>
      rules(policy).some(({ from, to, ports: some }) => (from ?? to) !== undefined && some !== undefined),
  },
  {
    field: 'peer.podSelector',
    says: 'pods of the policy’s own namespace',
    uses: (policy) =>
      peers(policy).some((each) => each.podSelector !== undefined && each.namespaceSelector === undefined),
  },
  {
    field: 'peer.podSelector: {}',
    says: 'all of them',
    uses: (policy) => peers(policy).some((each) => isEmptyObject(each.podSelector)),
  },
  {
    field: 'peer.namespaceSelector',
    says: 'every pod of those namespaces',
    uses: (policy) =>
      peers(policy).some((each) => each.namespaceSelector !== undefined && each.podSelector === undefined),
  },
  {
    field: 'peer.namespaceSelector: {}',
    says: 'every namespace',
    uses: (policy) => peers(policy).some((each) => isEmptyObject(each.namespaceSelector)),
  },
  {
    field: 'peer.podSelector and namespaceSelector',
    says: 'both have to match',
    uses: (policy) =>
      peers(policy).some((each) => each.podSelector !== undefined && each.namespaceSelector !== undefined),
  },
  { field: 'peer.ipBlock.cidr', says: 'a range of addresses', uses: (policy) => blocks(policy).length > 0 },
  {
    field: 'peer.ipBlock.except',
    says: 'without these',
    uses: (policy) => blocks(policy).some(({ except }) => list(except).length > 0),
  },
  {
    field: 'peer.ipBlock.except: several',
    says: 'without any of these',
    uses: (policy) => blocks(policy).some(({ except }) => list(except).length > 1),
  },
  { field: 'ports: []', says: 'every port', uses: (policy) => rules(policy).some((rule) => isEmpty(rule.ports)) },
  {
    field: 'ports: several',
    says: 'one of them is enough',
    uses: (policy) => rules(policy).some((rule) => list(rule.ports).length > 1),
  },
  {
    field: 'ports[].port: number',
    says: 'the port of that number',
    uses: (policy) => ports(policy).some(({ port }) => typeof port === 'number'),
  },
  {
    field: 'ports[].port: name',
    says: 'the port of that name of each pod',
    uses: (policy) => ports(policy).some(({ port }) => typeof port === 'string'),
  },
  {
    field: 'ports[].port absent',
    says: 'every port of the protocol',
    uses: (policy) => ports(policy).some(({ port }) => port === undefined),
  },
  {
    field: 'ports[].endPort',
    says: 'up to this port',
    uses: (policy) => ports(policy).some(({ endPort }) => endPort !== undefined),
  },
  {
    field: 'ports[].protocol absent',
    says: 'TCP',
    uses: (policy) => ports(policy).some((each) => each.protocol === undefined),
  },
  { field: 'ports[].protocol: TCP', says: 'TCP', uses: protocol('TCP') },
  { field: 'ports[].protocol: UDP', says: 'UDP', uses: protocol('UDP') },
  { field: 'ports[].protocol: SCTP', says: 'SCTP', uses: protocol('SCTP') },
  {
    field: 'matchLabels: several',
    says: 'all of them',
    uses: (policy) => selectors(policy).some(({ matchLabels }) => Object.keys((matchLabels as Tree) ?? {}).length > 1),
  },
  {
    field: 'matchLabels and matchExpressions',
    says: 'all of both',
    uses: (policy) =>
      selectors(policy).some((each) => each.matchLabels !== undefined && each.matchExpressions !== undefined),
  },
  {
    field: 'matchExpressions: several',
    says: 'all of them',
    uses: (policy) => selectors(policy).some((each) => list(each.matchExpressions).length > 1),
  },
  { field: 'operator: In', says: 'one of the values', uses: operator('In') },
  { field: 'operator: NotIn', says: 'none of the values, or no such key', uses: operator('NotIn') },
  { field: 'operator: Exists', says: 'the key, whatever its value', uses: operator('Exists') },
  { field: 'operator: DoesNotExist', says: 'no such key', uses: operator('DoesNotExist') },
  {
    field: 'values: several',
    says: 'any of them',
    uses: (policy) => expressions(policy).some(({ values }) => list(values).length > 1),
  },
];

/** The policies that stand anywhere in a scenario file, as written. */
function policiesIn(value: Json | undefined): readonly Policy[] {
  if (typeof value !== 'object' || value === null) return [];
  const { kind } = value as Tree;
  return kind === 'NetworkPolicy' ? [value as unknown as Policy] : Object.values(value).flatMap(policiesIn);
}

const scenarios = ['bugs', 'semantics'].flatMap((folder) =>
  trackedFiles(`scenarios/${folder}`).map(({ path, text }) => ({
    id: path.replace(/^scenarios\/(.*)\.yaml$/, '$1'),
    policies: policiesIn(parse(text)),
  })),
);
const covering = ({ uses }: ApiPromise): readonly string[] =>
  scenarios.filter(({ policies }) => policies.some(uses)).map(({ id }) => id);

/** Scenarios that the page names for a field; the number of the others is told. */
const NAMED = 4;

/** A page without what its formatter adds to tables. */
const squeezed = (text: string): string => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---');

function page(): string {
  const lines = PROMISES.map((promise) => {
    const ids = covering(promise);
    const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
    const names = ids.slice(0, NAMED).map((id) => `\`${id}\``);
    return `| \`${promise.field}\` | ${promise.says} | ${names.join(', ')}${more} |`;
  });
  return `# Which scenarios test which field of a NetworkPolicy?

Field by field through the [API reference](https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/): what
it promises, and the scenarios of \`bugs\` and \`semantics\` that apply a policy with it. The page is written by a test
(\`UPDATE_DOCS=1\`), which fails where a field has no scenario.

| field | what it says | scenarios |
| --- | --- | --- |
${lines.join('\n')}
`;
}

describe('page docs/semantics-coverage.md', () => {
  it('is what the scenarios come to (UPDATE_DOCS=1 writes it anew)', () => {
    if (process.env.UPDATE_DOCS) writeFileSync(PAGE, page());
    expect(squeezed(readFileSync(PAGE, 'utf8'))).to.equal(squeezed(page()));
  });

  it('has a scenario for every field', () => {
    expect(PROMISES.filter((promise) => covering(promise).length === 0).map(({ field }) => field)).to.deep.equal([]);
  });
});
