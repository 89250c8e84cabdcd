import type { CardEntry, ScenarioResult } from '../result.ts';
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
  return CARD_PROPERTIES.map((property) => {
    const tagged = scenarios.filter(({ tags }) => tags.includes(property.tag));
    const gap = gaps.find((known) => known.property === property.tag || known.property === '*');
    return { ...entryOf(property, tagged), ...(gap !== undefined && { documented: `${gap.says} (${gap.source})` }) };
  });
}

/** One contrary scenario violates a property, however many others pass: flaky ones too, for enforcing at times is not enforcing. */
function entryOf({ tag, group, title }: CardProperty, scenarios: readonly ScenarioResult[]): CardEntry {
  const violated = scenarios.filter(({ status }) => status === 'failed' || status === 'flaky').map(({ id }) => id);
  const passed = scenarios.filter(({ status }) => status === 'passed').length;
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

/** Why a property was not tested of which no scenario ran. */
export const NO_SCENARIO = 'no scenario of this run has the tag';

function whyNotTested(scenarios: readonly ScenarioResult[]): string {
  const reasons = scenarios.map(({ status, reason }) => `${status}: ${reason ?? 'no reason given'}`);
  return [...new Set(reasons)].join('; ') || NO_SCENARIO;
}
