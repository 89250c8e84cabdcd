import { stringify } from 'yaml';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';

/** A policy as a manifest, every text in quotes. */
export function manifestText(policy: NetworkPolicy): string {
  const head = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
  const quoted = { aliasDuplicateObjects: false, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' } as const;
  return stringify({ ...head, ...policy }, quoted);
}
