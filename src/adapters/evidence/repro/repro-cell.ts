import type { Cell, Path } from '../../../core/matrix/cell.ts';
import { cellName } from '../../../core/matrix/cell.ts';
import { fullName, splitName } from '../../../core/model/pod-name.ts';
import type { PlannedCell } from '../../../core/scenario/planned-step.ts';
import type { Scenario } from '../../../core/scenario/scenario.ts';
import { shellQuote } from '../../process/shell-quote.ts';

/** A cell in the script: a line that finds the address of its destination, and the words that dial it. */
export interface ReproCell {
  readonly setHost: string;
  readonly mustBeOpen: string;
  readonly attempt: string;
}

const PATHS: ReadonlySet<Path> = new Set(['pod-ip', 'cluster-ip', 'dns']);

/** Whether kubectl alone can repeat it: a pod dials the address or name of a pod or Service. */
export function canRepeat({ from, path }: Cell, { pods }: Scenario): boolean {
  return PATHS.has(path) && pods.some((pod) => fullName(pod) === from);
}

/** The cell at `index`, dialled in namespaces named by `real`; a cell that the step changes may take `budgetMs`. */
export function reproCell(
  { cell, before, expected }: PlannedCell,
  index: number,
  { real, budgetMs }: { readonly real: (logical: string) => string; readonly budgetMs: number },
): ReproCell {
  const from = splitName(cell.from);
  const name = cellName(cell);
  const graceSeconds = before === expected ? 0 : Math.ceil(budgetMs / 1000) + 1;
  const host = `"$host_${index}"`;
  const dialled = `${shellQuote([cell.method, real(from.namespace), from.name])} ${host} ${cell.port} ${cell.protocol}`;
  return {
    setHost: `host_${index}=${hostOf(cell, real)}`,
    mustBeOpen: `must_be_open ${shellQuote([name])} ${dialled}`,
    attempt: `attempt ${shellQuote([name])} ${expected} ${graceSeconds} ${dialled}`,
  };
}

function hostOf({ from, to, path, family }: Cell, real: (logical: string) => string): string {
  const { namespace, name } = splitName(to);
  if (path === 'dns') return splitName(from).namespace === namespace ? name : `${name}.${real(namespace)}`;
  const look = path === 'cluster-ip' ? 'service_ip' : 'pod_ip';
  return `$(${look} ${real(namespace)} ${name} ${family})`;
}
