import type { Pod } from '../core/model/pod.ts';
import { objectOf } from './json-fields.ts';
import type { ManifestDocument } from './manifest.ts';
import { homeOf, latestOf } from './manifest-identity.ts';
import { groupOf } from './manifest-kinds.ts';
import { withoutDoubles } from './manifest-owners.ts';
import { podsFrom } from './manifest-pod.ts';

/**
 * The pods of documents, each under a name of its own: where several objects of one namespace have one name, the pods
 * of workloads among them are called after their kind too (`web (Deployment)`). Names that `beside` has several times
 * count as well, so that a pod is called the same in both.
 */
export function podsIn(documents: readonly ManifestDocument[], beside: readonly ManifestDocument[]): readonly Pod[] {
  const standing = standingIn(documents);
  const shared = [standing, standingIn(beside)].map(sharing);
  return standing.flatMap((document) => {
    const { kind, name } = document;
    const others = shared.flatMap((names) => names.get(placeOf(document)) ?? []);
    const own = kind === 'Pod' || others.length === 0 ? name : `${name} (${kindAmong(document, others)})`;
    return podsOf(document, own);
  });
}

function podsOf(document: ManifestDocument, name = document.name): readonly Pod[] {
  return podsFrom(document.kind, objectOf(document.node.value), homeOf(document), name);
}

function standingIn(documents: readonly ManifestDocument[]): readonly ManifestDocument[] {
  return withoutDoubles(latestOf(documents)).filter((document) => podsOf(document).length > 0);
}

/** The objects that share a name, by it. */
function sharing(standing: readonly ManifestDocument[]): ReadonlyMap<string, readonly ManifestDocument[]> {
  return new Map([...Map.groupBy(standing, placeOf)].filter(([, documents]) => documents.length > 1));
}

function placeOf(document: ManifestDocument): string {
  return `${homeOf(document)}/${document.name}`;
}

/** A kind; with its API group where a kind of that name in another group is among the objects. */
function kindAmong({ apiVersion, kind }: ManifestDocument, others: readonly ManifestDocument[]): string {
  const groups = new Set(others.filter((other) => other.kind === kind).map((other) => groupOf(other.apiVersion)));
  return groups.size > 1 ? `${kind}.${groupOf(apiVersion)}` : kind;
}
