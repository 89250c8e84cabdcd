import { ClusterError, ScenarioError } from '../core/diagnostics/errors.ts';
import type { Json } from '../core/scenario/scenario.ts';
import { type ManifestDocument, readManifest } from '../formats/manifest.ts';
import { plainNode } from '../formats/yaml-node.ts';
import type { Cluster, KubeObject } from '../ports/cluster.ts';

/** What is read from a live cluster: its objects, and what of it could not be taken into account. */
export interface LiveState {
  readonly documents: readonly ManifestDocument[];
  readonly notes: readonly string[];
}

const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
] as const;

/** Policies of others, which may decide too. */
const FOREIGN = [
  ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
  ['policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy'],
  ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
  ['cilium.io/v2', 'CiliumNetworkPolicy'],
  ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
  ['crd.projectcalico.org/v1', 'NetworkPolicy'],
  ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy'],
] as const;

/** Reads a cluster and changes nothing. Rejects with `ClusterError`; of nodes and of others' policies not, but notes it. */
export async function readCluster(cluster: Cluster): Promise<LiveState> {
  const notes: string[] = [];
  const list = async ([apiVersion, kind]: readonly [string, string]): Promise<readonly KubeObject[]> => {
    const items = await cluster.list({ apiVersion, kind });
    return items.map((item) => ({ ...item, apiVersion, kind }));
  };
  const ifPossible = (kind: readonly [string, string], loss: string) =>
    list(kind).catch((error: unknown) => {
      if (!(error instanceof ClusterError)) throw error;
      if (error.code !== 'kind-unknown') notes.push(`${loss}: ${error.message}`);
      return [];
    });
  const nodes = ifPossible(['v1', 'Node'], "nodes' addresses are taken for strangers'");
  const foreign = FOREIGN.map((kind) => ifPossible(kind, `it is not known whether there is a ${kind[1]}`));
  const items = (await Promise.all([...KINDS.map(list), nodes, ...foreign])).flat();
  const nowhere = { file: 'cluster', line: 0, column: 0 };
  const read = items.map((item) => readManifest(plainNode(item as Json, nowhere), '', { stored: true }));
  const problems = read.flatMap((each) => each.problems).map(({ position: _, ...problem }) => problem);
  if (problems.length > 0) throw new ScenarioError(problems);
  const counted = Map.groupBy(
    read.flatMap((each) => each.notes),
    (note) => note,
  );
  return {
    documents: read.flatMap(({ documents }) => documents),
    notes: [
      ...notes,
      ...[...counted].map(([note, all]) => (all.length > 1 ? `${note} (${all.length} of them)` : note)),
    ],
  };
}
