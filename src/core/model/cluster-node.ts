/** A node of the cluster as connections see it (API: `Node`). */
export interface ClusterNode {
  readonly name: string;
  /** Its addresses (API: `status.addresses`); empty while unknown. */
  readonly ips: readonly string[];
}
