import type { Protocol } from './protocol.ts';
import type { LabelSelector, Labels } from './selector.ts';

/** API: `IPBlock`. `except` ranges lie inside `cidr`. */
export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** API: `NetworkPolicyPeer`. `ipBlock` never stands beside a selector; both selectors in one peer mean "and". */
export interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

/** API: `NetworkPolicyPort`. A string `port` names a container port; `endPort` goes with a number only. */
export interface PolicyPort {
  readonly protocol?: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** API: `NetworkPolicyIngressRule`. Absent or empty `from` means every source; absent or empty `ports` every port. */
export interface IngressRule {
  readonly from?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}

/** API: `NetworkPolicyEgressRule`. Absent or empty `to` means every destination; absent or empty `ports` every port. */
export interface EgressRule {
  readonly to?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}

/** Direction in which a policy isolates (API: `PolicyType`). */
export type PolicyType = 'Ingress' | 'Egress';

/** API: `networking.k8s.io/v1 NetworkPolicy`, as the manifest states it, nothing defaulted. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: Labels };
  readonly spec: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly PolicyType[];
    /** No field of the API: what the server filled in before an update that states no `policyTypes` either; it stays. */
    readonly keptPolicyTypes?: readonly PolicyType[];
    readonly ingress?: readonly IngressRule[];
    readonly egress?: readonly EgressRule[];
  };
}
