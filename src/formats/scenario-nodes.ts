import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { NodeNumber } from '../core/scenario/scenario.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import type { PodForm } from './scenario-schema-pod.ts';
import { didYouMean } from './suggestion.ts';

/** Reports a mistake at a path. */
type Complain = (path: JsonPath, expected: string, found: string, hint?: string) => void;

interface NodeAsked {
  readonly namespace: string;
  readonly name: string;
  readonly node: PodForm['node'];
}

/**
 * The node of each pod that has one, by `namespace/name`. A pod that another one names with `same` or `other`, and that
 * has no node of its own, is on the first.
 */
export function readNodes({ namespaces }: ScenarioFile, complain: Complain): ReadonlyMap<string, NodeNumber> {
  const pods = new Map<string, NodeAsked>(
    Object.entries(namespaces).flatMap(([namespace, form]) =>
      Object.entries(form.pods).map(([name, { node }]) => [`${namespace}/${name}`, { namespace, name, node }] as const),
    ),
  );
  const known = new Map<string, NodeNumber>();
  const place = (full: string, asking: readonly string[]): NodeNumber => {
    const found = known.get(full);
    if (found !== undefined) return found;
    const { namespace = '', name = '', node = 1 } = pods.get(full) ?? {};
    const number =
      typeof node === 'number' ? node : beside(node, ['namespaces', namespace, 'pods', name, 'node'], asking);
    known.set(full, number);
    return number;
  };
  const beside = (
    node: { readonly same: string } | { readonly other: string },
    path: JsonPath,
    asking: readonly string[],
  ): NodeNumber => {
    const of = 'same' in node ? node.same : node.other;
    if (!pods.has(of)) {
      const names = [...pods.keys()];
      complain(path, `a pod of the scenario (${names.join(', ')})`, `"${of}"`, didYouMean(of, names).hint);
      return 1;
    }
    if (asking.includes(of)) {
      complain(path, 'pods that do not ask each other for their node', `"${of}", which asks this one`);
      return 1;
    }
    const number = place(of, [...asking, of]);
    if ('same' in node) return number;
    return number === 1 ? 2 : 1;
  };
  for (const [full, { node }] of pods) if (node !== undefined) place(full, [full]);
  return known;
}
