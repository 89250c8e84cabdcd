import { itemsOf, objectOf } from './json-fields.ts';
import type { ManifestDocument } from './manifest.ts';
import { homeOf, identity, identityOf } from './manifest-identity.ts';
import { workloadPath } from './manifest-workload.ts';

/**
 * The documents without the workloads whose pods are there otherwise, as in a dump of a cluster: those that own a Pod,
 * directly or through others, and those that another workload makes.
 */
export function withoutDoubles(documents: readonly ManifestDocument[]): readonly ManifestDocument[] {
  const workloads = new Map(
    documents.filter(({ kind }) => workloadPath(kind) !== undefined).map((document) => [identity(document), document]),
  );
  const owning = new Set<string>();
  for (const pod of documents.filter(({ kind }) => kind === 'Pod')) {
    let owner = controllerOf(pod);
    while (owner !== undefined && !owning.has(owner)) {
      owning.add(owner);
      const above = workloads.get(owner);
      owner = above && controllerOf(above);
    }
  }
  return documents.filter(
    (document) =>
      (!owning.has(identity(document)) && !workloads.has(controllerOf(document) ?? '')) || document.kind === 'Pod',
  );
}

/** The identity of the object that made this one and looks after it (API: `ownerReferences[].controller`). */
function controllerOf(document: ManifestDocument): string | undefined {
  const owners = itemsOf(objectOf(objectOf(document.node.value).metadata).ownerReferences);
  const owner = owners.find(({ controller }) => controller === true);
  if (owner === undefined) return undefined;
  return identityOf(String(owner.apiVersion), String(owner.kind), homeOf(document), String(owner.name));
}
