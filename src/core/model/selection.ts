import type { LabelSelector, LabelSelectorRequirement, Labels } from './selector.ts';

/** Whether the labels meet every part of the selector (API: `LabelSelector`); the empty selector selects everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const pairs = Object.entries(selector.matchLabels ?? {});
  return (
    pairs.every(([key, value]) => labelOf(labels, key) === value) &&
    (selector.matchExpressions ?? []).every((requirement) => meets(requirement, labels))
  );
}

/** Whether the labels meet one requirement. NotIn is met too where the key is missing. */
export function meets({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return values?.some((each) => each === value) ?? false;
    case 'NotIn':
      return values?.every((each) => each !== value) ?? true;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** The value of a label, undefined where the key is missing; keys such as `constructor` are no exception. */
export function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
