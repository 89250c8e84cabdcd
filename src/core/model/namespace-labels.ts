import type { Namespace } from './namespace.ts';
import type { Labels } from './selector.ts';

/** Label that the API server gives every namespace, with its name as value. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** The labels of a namespace with the one that the API server adds. */
export function namespaceLabels({ name, labels }: Namespace): Labels {
  return { ...labels, [NAMESPACE_NAME_LABEL]: name };
}
