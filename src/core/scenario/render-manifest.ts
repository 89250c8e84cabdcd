import { type Problem, ScenarioError } from '../diagnostics/errors.ts';
import { NAMESPACE_NAME_LABEL } from '../model/namespace-labels.ts';
import { type Addresses, fillPlaceholders, placeholdersIn } from './placeholders.ts';
import type { Json, ScenarioManifest } from './scenario.ts';

/** What a manifest's logical names and placeholders stand for in a cluster. */
export interface Substitution {
  /** Real name of each logical namespace of the scenario. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly addresses: Addresses;
}

/** A manifest as it goes to the API server. */
export interface RenderedManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly [field: string]: Json };
  readonly [field: string]: Json;
}

interface Tree {
  readonly [key: string]: Json;
}

/**
 * The file's tree minus `status`, with three substitutions and no other: the namespace, values of
 * `kubernetes.io/metadata.name` in namespace selectors, placeholders. Namespaces that are none of the scenario's stay.
 * Throws `ScenarioError` for a placeholder that cannot be filled.
 */
export function renderManifest(manifest: ScenarioManifest, substitution: Substitution): RenderedManifest {
  const { namespaces, addresses } = substitution;
  const real = (logical: string): string => namespaces.get(logical) ?? logical;
  const { status: _, ...tree } = manifest.tree;
  const unfilled = new Set<string>();
  const text = (value: string): string => {
    const filled = fillPlaceholders(value, addresses);
    for (const placeholder of placeholdersIn(filled)) unfilled.add(placeholder.text);
    return filled;
  };

  const walk = (value: Json, inNamespaceSelector: boolean): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map((item: Json) => walk(item, inNamespaceSelector));
    if (typeof value !== 'object' || value === null) return value;
    const selector = inNamespaceSelector ? withRealNames(value as Tree, real) : (value as Tree);
    return mapFields(selector, (field, key) => walk(field, inNamespaceSelector || key === 'namespaceSelector'));
  };

  const spec = walk(tree, false) as Tree;
  const metadata = { ...(spec.metadata as Tree), namespace: real(manifest.namespace) };
  if (unfilled.size > 0) throw new ScenarioError([unfilledProblem(manifest, [...unfilled])]);
  return { ...spec, metadata } as unknown as RenderedManifest;
}

/** A label selector whose `kubernetes.io/metadata.name` values are real names. */
function withRealNames(selector: Tree, real: (logical: string) => string): Tree {
  const name = (value: Json): Json => (typeof value === 'string' ? real(value) : value);
  if (selector.key === NAMESPACE_NAME_LABEL && Array.isArray(selector.values)) {
    return { ...selector, values: selector.values.map(name) };
  }
  return mapFields(selector, (field, key) => (key === NAMESPACE_NAME_LABEL ? name(field) : field));
}

function mapFields(tree: Tree, change: (field: Json, key: string) => Json): Tree {
  return Object.fromEntries(Object.entries(tree).map(([key, field]) => [key, change(field, key)]));
}

/** Says that placeholders of a manifest stand for nothing that is known. */
export function unfilledProblem({ kind, name, position }: ScenarioManifest, placeholders: readonly string[]): Problem {
  const message = `${kind} ${name}: nothing is known for ${placeholders.join(', ')}`;
  const hint = 'a pod has to be one of the scenario, and the pod range of the cluster has to be known';
  return { code: 'placeholder-unknown', message, hint, position };
}
