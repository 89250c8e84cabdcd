import type { ClusterNode } from '../core/model/cluster-node.ts';
import { itemsOf, type JsonObject, objectOf } from './json-fields.ts';

/** Reads a Node: its internal addresses, then its external ones. */
export function nodeFrom(object: JsonObject, name: string): ClusterNode {
  const listed = itemsOf(objectOf(object.status).addresses);
  const ofType = (wanted: string) =>
    listed.flatMap(({ type, address }) => (type === wanted && typeof address === 'string' ? [address] : []));
  return { name, ips: [...ofType('InternalIP'), ...ofType('ExternalIP')] };
}
