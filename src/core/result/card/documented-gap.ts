/** What a plugin is documented not to do: a violation there is a documented gap, not a bug. */
export interface DocumentedGap {
  /** Tag of the scenarios that it shows in: a property of the capability card, or `*` for all of them. */
  readonly property: string;
  /** What its makers say, in our words. */
  readonly says: string;
  /** Where they say it. */
  readonly source: string;
}
