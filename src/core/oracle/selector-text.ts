import { labelOf, meets } from '../model/selection.ts';
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../model/selector.ts';

/** Prints a selector as people write it: `app=web, tier in (a, b), no canary`; undefined when it selects everything. */
export function selectorText(selector: LabelSelector): string | undefined {
  const parts = requirementsOf(selector).map(requirementText);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** Everything a selector asks for as requirements; `matchLabels` are an In with one value. */
function requirementsOf(selector: LabelSelector): readonly LabelSelectorRequirement[] {
  const labels = Object.entries(selector.matchLabels ?? {});
  return [
    ...labels.map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })),
    ...(selector.matchExpressions ?? []),
  ];
}

function requirementText({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const only = values.length === 1 ? values[0] : undefined;
  switch (operator) {
    case 'In':
      return only === undefined ? `${key} in (${values.join(', ')})` : `${key}=${only}`;
    case 'NotIn':
      return only === undefined ? `${key} not in (${values.join(', ')})` : `${key}!=${only}`;
    case 'Exists':
      return `${key} (any value)`;
    case 'DoesNotExist':
      return `no ${key}`;
  }
}

/** How labels stand to a selector: what of it they have and what they lack, in words. */
export interface SelectorCheck {
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/** Checks labels against each requirement of a selector. */
export function checkSelector(selector: LabelSelector, labels: Labels): SelectorCheck {
  const all = requirementsOf(selector);
  const fact = ({ key }: LabelSelectorRequirement) => {
    const value = labelOf(labels, key);
    return value === undefined ? `no label ${key}` : `${key}=${value}`;
  };
  return {
    has: all.filter((each) => meets(each, labels)).map(fact),
    lacks: all.filter((each) => !meets(each, labels)).map(fact),
  };
}
