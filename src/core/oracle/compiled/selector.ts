import { labelOf } from '../../model/selection.ts';
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../../model/selector.ts';

/** A selector ready to be asked often. */
export interface CompiledSelector {
  /** Equal for selectors that ask the same in the same order; they share one compiled form. */
  readonly key: string;
  readonly requirements: readonly CompiledRequirement[];
  matches(labels: Labels): boolean;
}

/** One thing that a selector asks of a key. Without `values`: that the key is there, or is not. */
export interface CompiledRequirement {
  readonly key: string;
  readonly values: ReadonlySet<string> | undefined;
  /** NotIn and DoesNotExist: the labels must not meet it. */
  readonly negated: boolean;
}

/** Compiles selectors, each different one once. */
export function selectorCompiler(): (selector: LabelSelector) => CompiledSelector {
  const known = new Map<string, CompiledSelector>();
  return (selector) => {
    const key = JSON.stringify([selector.matchLabels ?? {}, selector.matchExpressions ?? []]);
    const compiled = known.get(key) ?? compileSelector(selector, key);
    known.set(key, compiled);
    return compiled;
  };
}

function compileSelector(selector: LabelSelector, key: string): CompiledSelector {
  const requirements = [
    ...Object.entries(selector.matchLabels ?? {}).map(
      ([label, value]): CompiledRequirement => ({ key: label, values: new Set([value]), negated: false }),
    ),
    ...(selector.matchExpressions ?? []).map(compileRequirement),
  ];
  return { key, requirements, matches: (labels) => requirements.every((each) => meets(each, labels)) };
}

function compileRequirement({ key, operator, values }: LabelSelectorRequirement): CompiledRequirement {
  const listed = operator === 'In' || operator === 'NotIn';
  const negated = operator === 'NotIn' || operator === 'DoesNotExist';
  return { key, values: listed ? new Set(values) : undefined, negated };
}

function meets({ key, values, negated }: CompiledRequirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  const found = value !== undefined && (values === undefined || values.has(value));
  return found !== negated;
}
