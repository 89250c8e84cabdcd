/** Label set of a pod or namespace: key to value. */
export type Labels = Readonly<Record<string, string>>;

/** One requirement of a selector (API: `LabelSelectorRequirement`). `values` is present for In and NotIn only. */
export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** API: `LabelSelector`. All parts must hold; the empty selector selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}
