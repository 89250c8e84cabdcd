import { isChurn } from '../core/scenario/churn.ts';
import { isDisruption } from '../core/scenario/disruption.ts';
import type { Change, Step } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';

/**
 * Says where steps cut nodes off from the API server and join them in an order that makes no sense, or ask of nodes that are
 * cut off what they cannot do: the engine would wait for it until the cut is over by itself.
 */
export function checkCut(findings: Findings, steps: readonly Step[]): void {
  let cutIn: Step | undefined;
  const complain = ({ name, position }: Step, expected: string, found: string): void => {
    if (position === undefined) return;
    report(findings, {
      code: 'scenario-cut',
      path: ['steps'],
      position,
      expected: `${expected} (step "${name}")`,
      found,
    });
  };
  for (const step of steps) {
    for (const change of step.changes) {
      if (change.kind === 'cut-api-server') {
        if (cutIn !== undefined) complain(step, 'join-api-server before nodes are cut off again', 'none');
        cutIn = step;
      } else if (change.kind === 'join-api-server') {
        if (cutIn === undefined) complain(step, 'cut-api-server before nodes are joined', 'none');
        cutIn = undefined;
      } else if (cutIn !== undefined && asksNodes(change)) {
        complain(step, 'nothing that nodes have to do while they do not reach the API server', change.kind);
      }
    }
  }
  if (cutIn !== undefined) complain(cutIn, 'join-api-server after nodes are cut off', 'none');
}

/** Whether a change is over only once a kubelet, or a part of the plugin, has told the API server. */
function asksNodes(change: Change): boolean {
  if (isDisruption(change)) return true;
  if (!isChurn(change)) return false;
  if (change.kind === 'create') return change.pods.some(({ pending }) => !pending);
  return change.kind !== 'remove-pod' || (change.graceSeconds !== 0 && !change.lingers);
}
