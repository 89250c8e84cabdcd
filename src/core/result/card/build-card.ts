import type { CardEntry, ScenarioResult } from '../result.ts';
import { ABOUT } from './about.ts';
import type { DocumentedGap } from './documented-gap.ts';
import { CARD_PROPERTIES, type CardProperty } from './properties.ts';

/**
 * What scenarios say of each property of a network plugin. To be asked of a real cluster's results only.
 * @param gaps what the plugin is documented not to do
 */
export function buildCard(
  scenarios: readonly ScenarioResult[],
  gaps: readonly DocumentedGap[] = [],
): readonly CardEntry[] {
  const violations = new Map(scenarios.map((scenario) => [scenario, violatedBy(scenario)]));
  return CARD_PROPERTIES.map((property) => {
    const tagged = scenarios.filter(({ tags }) => tags.includes(property.tag));
    const gap = gaps.find((known) => known.property === property.tag || known.property === '*');
    return {
      ...entryOf(property, tagged, violations),
      ...(gap !== undefined && { documented: `${gap.says} (${gap.source})` }),
    };
  });
}

/**
 * One contrary scenario violates a property, however many others pass: flaky ones too, for enforcing at times is not
 * enforcing. A scenario that passed counts where one of its cells that were judged is about the property.
 */
function entryOf(
  property: CardProperty,
  scenarios: readonly ScenarioResult[],
  violations: ReadonlyMap<ScenarioResult, ReadonlySet<CardProperty>>,
): CardEntry {
  const { tag, group, title } = property;
  const violated = scenarios.filter((scenario) => violations.get(scenario)?.has(property)).map(({ id }) => id);
  const passed = scenarios.filter((scenario) => scenario.status === 'passed' && says(property, scenario)).length;
  const state = violated.length > 0 ? 'violated' : passed > 0 ? 'enforced' : 'not-tested';
  return {
    property: tag,
    group,
    title,
    state,
    passed,
    violated,
    undecided: scenarios.length - passed - violated.length,
    reason: state === 'not-tested' ? whyNotTested(scenarios) : null,
  };
}

/**
 * The properties that a scenario violates: of those that its tags name the ones that its failed cells are about, and
 * those of which cells say nothing; all, where that leaves none.
 */
function violatedBy(scenario: ScenarioResult): ReadonlySet<CardProperty> {
  if (scenario.status !== 'failed' && scenario.status !== 'flaky') return new Set();
  const tagged = CARD_PROPERTIES.filter(({ tag }) => scenario.tags.includes(tag));
  const hit = tagged.filter(({ tag }) => ABOUT[tag] === undefined || cellsAbout(tag, scenario, 'failed'));
  return new Set(hit.length > 0 ? hit : tagged);
}

function says({ tag }: CardProperty, scenario: ScenarioResult): boolean {
  return ABOUT[tag] === undefined || cellsAbout(tag, scenario, 'passed');
}

function cellsAbout(tag: string, scenario: ScenarioResult, status: 'passed' | 'failed'): boolean {
  return scenario.steps.some((step) =>
    step.cells.some((cell) => cell.status === status && ABOUT[tag]?.({ cell, step, scenario }) === true),
  );
}

/** Why a property was not tested of which no scenario ran. */
export const NO_SCENARIO = 'no scenario of this run has the tag';

function whyNotTested(scenarios: readonly ScenarioResult[]): string {
  const reasons = scenarios.map(({ status, reason }) => {
    if (status === 'passed') return 'no cell that was judged is about it';
    if (status === 'failed' || status === 'flaky') return 'its scenarios failed before or elsewhere';
    return `${status}: ${reason ?? 'no reason given'}`;
  });
  return [...new Set(reasons)].join('; ') || NO_SCENARIO;
}
