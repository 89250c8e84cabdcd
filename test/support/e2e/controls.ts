import type { Expected } from '../../../src/core/matrix/expected.ts';
import type { ScenarioResult, StepResult } from '../../../src/core/result/result.ts';
import { RUN_LABEL } from '../../../src/engine/lane-names.ts';
import type { Cluster } from '../../../src/ports/cluster.ts';
import type { Machinery } from '../../../src/ports/machinery.ts';

/** Name of the policy that a control adds to a scenario's own. */
const CONTROL_POLICY = 'netproof-control';

/**
 * A cluster on which everything is denied as soon as a scenario has applied its first policy: a policy of ours selects
 * every pod of the run's namespaces, and allows nothing.
 */
export function everythingDenied(cluster: Cluster): Cluster {
  let denied = false;
  return {
    ...cluster,
    apply: async (object, options) => {
      if (object.kind === 'Namespace') denied = false;
      if (object.kind === 'NetworkPolicy' && !denied) {
        denied = true;
        await denyAll(cluster);
      }
      return cluster.apply(object, options);
    },
  };
}

async function denyAll(cluster: Cluster): Promise<void> {
  const own = await cluster.list({ apiVersion: 'v1', kind: 'Namespace', labelSelector: RUN_LABEL });
  const spec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
  await Promise.all(
    own.map(({ metadata: { name: namespace } }) =>
      cluster.apply({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: CONTROL_POLICY, namespace },
        spec,
      }),
    ),
  );
}

/** A cluster whose agents are stopped when a scenario applies its first policy, and started again before the next pods. */
export function agentsStopped(cluster: Cluster, machinery: Machinery): Cluster {
  let stopped = false;
  return {
    ...cluster,
    apply: async (object, options) => {
      if (object.kind === 'Namespace' && stopped) {
        await machinery.restore();
        stopped = false;
      }
      if (object.kind === 'NetworkPolicy' && !stopped) {
        stopped = true;
        await machinery.change({ kind: 'stop-agent' }, undefined, {});
      }
      return cluster.apply(object, options);
    },
  };
}

/** A step of a scenario with what it came to and what it should have. */
interface Controlled {
  readonly step: string;
  readonly isRed: boolean;
  readonly shouldBeRed: boolean;
}

/**
 * What a control makes of a scenario: from the first policy on, the steps that ask for a cell of these expectations must
 * fail, the others must not.
 */
export function controlled(
  { steps, status, reason }: ScenarioResult,
  impossible: readonly Expected[],
): readonly Controlled[] {
  const first = steps.findIndex(({ changes }) => changes.some(({ kind }) => kind === 'create'));
  if (first < 0) throw new Error(`no step applied a policy: ${status}, ${reason}`);
  return steps.slice(first).map((step) => ({
    step: step.name,
    isRed: step.status === 'failed',
    shouldBeRed: asksFor(step, impossible),
  }));
}

function asksFor({ cells }: StepResult, impossible: readonly Expected[]): boolean {
  // No policy keeps a pod from its own address.
  const isOwn = ({ from, to, path }: StepResult['cells'][number]) => from === to && path === 'pod-ip';
  return cells.some((cell) => impossible.includes(cell.expected) && !isOwn(cell));
}
