import { cellName } from '../../core/matrix/cell.ts';
import type { StepCase } from '../../ports/evidence.ts';

/** Dumps of more nodes than this say less, not more. */
const MOST_NODES = 4;

/** The nodes of both ends of the cells that did not pass; where an end is a Service, of all pods of the scenario. */
export function nodesOf({ result, record, pods }: StepCase): readonly string[] {
  const failed = new Set(result.failures.map(({ cell }) => cell));
  const ends = record.series
    .filter(({ planned }) => failed.has(cellName(planned.cell)))
    .flatMap(({ planned: { cell } }) => [cell.from, cell.to]);
  const named = ends.every((end) => pods.has(end)) ? ends.flatMap((end) => pods.get(end) ?? []) : [...pods.values()];
  const nodes = new Set(named.map(({ node }) => node).filter((node) => node !== ''));
  return [...nodes].slice(0, MOST_NODES);
}
