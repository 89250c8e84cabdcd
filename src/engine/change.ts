import { splitName } from '../core/model/pod-name.ts';
import { type Disruption, isDisruption } from '../core/scenario/disruption.ts';
import { renderManifest, type Substitution } from '../core/scenario/render-manifest.ts';
import type { StandingChange } from '../core/scenario/scenario.ts';
import type { CallOptions, ChangeTimes } from '../ports/cluster.ts';
import type { ScenarioContext } from './scenario-context.ts';
import type { Topology } from './topology.ts';

/** What applying a change needs. */
export interface ChangeContext extends Pick<ScenarioContext, 'cluster' | 'machinery' | 'names'> {
  /** What the logical names and placeholders of manifests stand for in this lane. */
  readonly substitution: Substitution;
  readonly topology: Topology;
}

/** Applies one change of a step; resolves with when the request was sent and when the answer came. */
export function applyChange(
  change: StandingChange,
  context: ChangeContext,
  options: CallOptions,
): Promise<ChangeTimes> {
  const { cluster, machinery, names, topology } = context;
  if (isDisruption(change)) return machinery.change(change, nodesOf(change, topology), options);
  switch (change.kind) {
    case 'apply':
      return cluster.apply(renderManifest(change.manifest, substitutionNow(context)), options);
    case 'delete':
      return cluster.delete(
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          namespace: names.namespace(change.policy.namespace),
          name: change.policy.name,
        },
        options,
      );
    case 'label-pod': {
      const { namespace, name } = splitName(change.pod);
      const ref = { apiVersion: 'v1', kind: 'Pod', namespace: names.namespace(namespace), name };
      return cluster.patch(ref, { metadata: { labels: change.labels } }, options);
    }
    case 'label-namespace': {
      const ref = { apiVersion: 'v1', kind: 'Namespace', name: names.namespace(change.namespace) };
      return cluster.patch(ref, { metadata: { labels: change.labels } }, options);
    }
  }
}

/** Pods come and go, and so do their addresses. */
function substitutionNow({ substitution, topology }: ChangeContext): Substitution {
  const pods = new Map([...topology.pods].map(([name, { ips }]) => [name, ips]));
  return { ...substitution, addresses: { ...substitution.addresses, pods } };
}

/** The node of the pod that a change of the machinery names; undefined for all nodes. */
function nodesOf(change: Disruption, { pods }: Topology): readonly string[] | undefined {
  const of = change.kind === 'restart-plugin' ? change.of : undefined;
  return of === undefined ? undefined : [pods.get(of)?.node ?? ''];
}
