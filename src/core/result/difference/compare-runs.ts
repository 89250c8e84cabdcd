import type { RunResult } from '../result.ts';
import { compareLatency } from './compare-latency.ts';
import { compareScenarios, isUnfinished } from './compare-scenarios.ts';
import type { CardDifference, Difference, ScenarioDifference } from './difference.ts';

/** What changed from one run to another of real clusters. */
export function compareRuns(before: RunResult, after: RunResult): Difference {
  const scenarios = compareScenarios(before, after);
  const latency = compareLatency(before, after);
  return {
    before: before.run,
    after: after.run,
    worse: scenarios.some(isWorse) || latency.some(({ verdict }) => verdict === 'slower'),
    unfinished: isUnfinished(before, after),
    scenarios,
    card: compareCards(before, after),
    latency,
  };
}

/**
 * The exit code that a difference asks for: 1 when something got worse, 3 when nothing did but something that was decided
 * before is no longer, or the new run did not get to its end, else 0.
 */
export function exitCodeOfDifference({ worse, unfinished, scenarios }: Difference): 0 | 1 | 3 {
  if (worse) return 1;
  return unfinished || scenarios.some(({ change }) => change === 'undecided') ? 3 : 0;
}

/** A scenario that was flaky or new has nothing better to fall from. */
function isWorse({ change, before }: ScenarioDifference): boolean {
  return change === 'violated' || (change === 'flaky' && before !== 'failed');
}

function compareCards(before: RunResult, after: RunResult): readonly CardDifference[] {
  const old = new Map(before.card.map((entry) => [entry.property, entry.state]));
  return after.card.flatMap(({ property, title, state }) => {
    const earlier = old.get(property);
    return earlier === undefined || earlier === state ? [] : [{ property, title, before: earlier, after: state }];
  });
}
