import type { ManifestDocument } from './manifest.ts';
import { groupOf } from './manifest-kinds.ts';

/** What tells an object from all others of a cluster: group, kind, namespace and name. */
export function identity({ apiVersion, kind, name, ...rest }: ManifestDocument): string {
  return identityOf(apiVersion, kind, homeOf({ kind, name, ...rest }), name);
}

/** The identity of an object by its parts, as references state them. */
export function identityOf(apiVersion: string, kind: string, namespace: string, name: string): string {
  return `${groupOf(apiVersion)} ${kind} ${namespace}/${name}`;
}

/** The namespace of an object, `default` where it states none; of a Namespace its own name. */
export function homeOf({
  namespace,
  policy,
  kind,
  name,
}: Pick<ManifestDocument, 'namespace' | 'policy' | 'kind' | 'name'>): string {
  return kind === 'Namespace' ? name : (policy?.metadata.namespace ?? namespace ?? 'default');
}

/** The documents that count: of two with one identity the later one, as in `kubectl apply`. */
export function latestOf(documents: readonly ManifestDocument[]): readonly ManifestDocument[] {
  return [...new Map(documents.map((document) => [identity(document), document])).values()];
}
