import { isDisruption, needsOfDisruption } from '../core/scenario/disruption.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Machinery } from '../ports/machinery.ts';

/** What a scenario needs and the cluster lacks, as the reason of a skip: `agent-restart: REASON`; undefined for nothing. */
export async function lackOf({ steps }: Scenario, machinery: Machinery): Promise<string | undefined> {
  const changes = steps.flatMap((step) => step.changes);
  const needs = new Set(changes.flatMap((change) => (isDisruption(change) ? needsOfDisruption(change) : [])));
  for (const need of needs) {
    const reason = await machinery.lacks(need);
    if (reason !== undefined) return `${need}: ${reason}`;
  }
  return undefined;
}
