/** A host outside the pod network, neither pod nor node: to policies nothing but its addresses. */
export interface Host {
  /** `outside/NAME`. */
  readonly name: string;
  /** Empty while unknown. */
  readonly ips: readonly string[];
}
