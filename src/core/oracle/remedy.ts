import { addressBits } from '../model/address.ts';
import { NAMESPACE_NAME_LABEL } from '../model/namespace-labels.ts';
import { fullName } from '../model/pod-name.ts';
import type { NetworkPolicy, Peer } from '../model/policy.ts';
import { addressText } from './address-text.ts';
import type { Remedy } from './explanation.ts';
import type { Query } from './tier.ts';

/** The narrowest rule that, added to the policy, admits what was asked. */
export function remedyFor(policy: NetworkPolicy, query: Query): Remedy {
  const peers = [peerFor(policy.metadata.namespace, query)];
  const ports = [{ protocol: query.protocol, port: query.port }];
  return query.direction === 'Ingress'
    ? { policy: fullName(policy.metadata), field: 'ingress', rule: { from: peers, ports } }
    : { policy: fullName(policy.metadata), field: 'egress', rule: { to: peers, ports } };
}

function peerFor(policyNamespace: string, { peer, address }: Query): Peer {
  if (peer === undefined) {
    const bits = addressBits(address.family);
    const anywhere = address.family === 'IPv4' ? '0.0.0.0/0' : '::/0';
    return { ipBlock: { cidr: address.value === undefined ? anywhere : `${addressText(address)}/${bits}` } };
  }
  const podSelector = Object.keys(peer.labels).length === 0 ? {} : { matchLabels: peer.labels };
  if (peer.namespace === policyNamespace) return { podSelector };
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: peer.namespace } }, podSelector };
}
