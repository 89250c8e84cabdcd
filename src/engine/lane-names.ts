import { UsageError } from '../core/diagnostics/errors.ts';
import type { RealNames } from '../core/scenario/scenario.ts';

/** Label that every namespace and cluster-scoped object of a run carries; its value is the run's id. */
export const RUN_LABEL = 'netproof.io/run';

/** Longest name of a namespace (Kubernetes: RFC 1123 label). */
const MAX_NAMESPACE_NAME = 63;

/** A lane's names: scenarios speak of logical namespaces, the cluster has one of the lane's own for each. */
export interface LaneNames {
  readonly runId: string;
  /** Real namespace of a logical one: `np-<run>-<lane>-<logical>`, with `run-last` `<logical>-np-<run>-<lane>`. */
  namespace(logical: string): string;
}

/** Names of lane `lane` in run `runId`. A name that would get too long is a `UsageError`. */
export function laneNames(runId: string, lane: string, realNames: RealNames = 'run-first'): LaneNames {
  const own = `np-${runId}-${lane}`;
  return {
    runId,
    namespace(logical) {
      const name = realNames === 'run-last' ? `${logical}-${own}` : `${own}-${logical}`;
      if (name.length > MAX_NAMESPACE_NAME) {
        throw new UsageError({
          code: 'namespace-name-too-long',
          message: `namespace "${logical}" becomes "${name}", ${name.length} characters; Kubernetes allows ${MAX_NAMESPACE_NAME}`,
          hint: 'give the namespace a shorter name in the scenario',
        });
      }
      return name;
    },
  };
}
