import { expect } from 'chai';
import fc from 'fast-check';
import { renderManifest, type Substitution } from '../../../../src/core/scenario/render-manifest.ts';
import type { Json, ScenarioManifest } from '../../../../src/core/scenario/scenario.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';
const SUBSTITUTION: Substitution = {
  namespaces: new Map([
    ['x', 'np-1-a-x'],
    ['y', 'np-1-a-y'],
  ]),
  addresses: { pods: new Map([['x/a', ['10.1.2.3']]]), podCidr: '10.0.0.0/8' },
};

/** Texts that are, or look like, what is substituted. */
const text = fc.oneof(
  fc.constantFrom('x', 'y', 'z', 'default', '', NAME_LABEL, '${ip:x/a}', '${ip:x/a}/32', '${podCIDR}', '${HOME}'),
  fc.constantFrom('${cidr:x/a/24}', '${ip}', '$ip:x/a', '${ip:x/a', 'namespace', 'status'),
  fc.string(),
);
const key = fc.oneof(
  fc.constantFrom(NAME_LABEL, 'namespaceSelector', 'podSelector', 'matchLabels', 'matchExpressions', 'key', 'values'),
  fc.constantFrom('namespace', 'status', 'name', 'ingress', 'from'),
  fc.string(),
);
/** Selectors that hold what is substituted, in namespace selectors and elsewhere. */
const label = fc.constantFrom(NAME_LABEL, 'app');
const name = fc.constantFrom('x', 'y', 'default', '${ip:x/a}');
const selector = fc.record({
  matchLabels: fc.dictionary(label, name, { maxKeys: 2, noNullPrototype: true }),
  matchExpressions: fc.array(fc.record({ key: label, operator: fc.constant('In'), values: fc.array(name) }), {
    maxLength: 2,
  }),
});
const peer: fc.Arbitrary<Json> = fc.record(
  { podSelector: selector, namespaceSelector: selector },
  { requiredKeys: [] },
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    text,
    peer,
    fc.constantFrom<Json>(null, true, 0, 80),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const manifest = fc
  .record({ spec: json, annotations: json, namespace: fc.constantFrom(undefined, 'x', 'y'), status: json })
  .map(({ spec, annotations, namespace, status }): ScenarioManifest => {
    const metadata = { name: 'p', annotations, ...(namespace === undefined ? {} : { namespace }) };
    const tree = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec, status };
    const position = { file: 'p.yaml', line: 1, column: 1 };
    return { kind: 'NetworkPolicy', name: 'p', namespace: namespace ?? 'x', tree, position, text: '' };
  });

type Leaf = readonly [path: readonly string[], value: unknown];

/** Every node of a tree that holds no other, with its path; empty lists and mappings among them. */
function leaves(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, Array.isArray(value) ? '[]' : '{}']];
  return entries.flatMap(([name, field]) => leaves(field, [...path, name]));
}

/** What a leaf has to come to, said of the leaf alone, without the code under test. */
function substituted(path: readonly string[], value: unknown, tree: Json): unknown {
  if (path.join('.') === 'metadata.namespace' || typeof value !== 'string') return value;
  const filled = value
    .replaceAll('${ip:x/a}', '10.1.2.3')
    .replaceAll('${cidr:x/a/24}', '10.1.2.0/24')
    .replaceAll('${podCIDR}', '10.0.0.0/8');
  const selector = path.indexOf('namespaceSelector');
  const real = SUBSTITUTION.namespaces.get(value) ?? filled;
  if (selector < 0) return filled;
  const within = path.slice(selector + 1);
  if (within.at(-1) === NAME_LABEL) return real;
  const requirement = at(tree, path.slice(0, -2));
  const isValue =
    within.at(-2) === 'values' && Array.isArray(at(tree, path.slice(0, -1))) && /^\d+$/.test(path.at(-1) ?? '');
  return isValue && (requirement as { key?: unknown }).key === NAME_LABEL ? real : filled;
}

function at(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], tree);
}

describe('a manifest as it is sent', () => {
  it('differs from the file in the namespace, names in namespace selectors and placeholders only', () => {
    fc.assert(
      fc.property(manifest, (given) => {
        const { status: _, ...tree } = given.tree;
        const wanted = leaves(tree)
          .filter(([path]) => path.join('.') !== 'metadata.namespace')
          .map(([path, value]): Leaf => [path, substituted(path, value, tree)]);
        const sent = leaves(renderManifest(given, SUBSTITUTION));
        expect(sent.filter(([path]) => path.join('.') !== 'metadata.namespace')).to.deep.equal(wanted);
        const namespaces = sent.filter(([path]) => path.join('.') === 'metadata.namespace').map(([, value]) => value);
        expect(namespaces).to.deep.equal([SUBSTITUTION.namespaces.get(given.namespace)]);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the file as it is', () => {
    fc.assert(
      fc.property(manifest, (given) => {
        const before = JSON.stringify(given.tree);
        renderManifest(given, SUBSTITUTION);
        expect(JSON.stringify(given.tree)).to.equal(before);
      }),
    );
  });
});
