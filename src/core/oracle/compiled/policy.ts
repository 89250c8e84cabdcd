import type { EgressRule, IngressRule, NetworkPolicy, Peer } from '../../model/policy.ts';
import { policyTypesOf } from '../../model/policy-types.ts';
import type { LabelSelector, Labels } from '../../model/selector.ts';
import type { Query } from '../tier.ts';
import { blocksHold, type CompiledBlocks, compileBlocks } from './blocks.ts';
import { admitsName, admitsNumber, type CompiledPorts, compilePorts } from './ports.ts';
import type { CompiledSelector } from './selector.ts';

/** A peer that selects pods. */
export interface CompiledPodPeer {
  /** Undefined: every pod of the namespaces. */
  readonly pods: CompiledSelector | undefined;
  /** Undefined: the policy's own namespace. */
  readonly namespaces: CompiledSelector | undefined;
}

/** A rule: peers and ports. */
export interface CompiledRule {
  /** Undefined: every peer. */
  readonly peers: { readonly pods: readonly CompiledPodPeer[]; readonly blocks: CompiledBlocks } | undefined;
  readonly ports: CompiledPorts;
}

/** A policy; a direction that it does not isolate has no rules. */
export interface CompiledPolicy {
  readonly source: NetworkPolicy;
  readonly namespace: string;
  readonly target: CompiledSelector;
  /** Some rule has an `ipBlock`: addresses matter. */
  readonly usesBlocks: boolean;
  readonly Ingress: readonly CompiledRule[] | undefined;
  readonly Egress: readonly CompiledRule[] | undefined;
}

type SelectorCompiler = (selector: LabelSelector) => CompiledSelector;

/** Compiles one policy; equal selectors of many policies share one form through `selectors`. */
export function compilePolicy(source: NetworkPolicy, selectors: SelectorCompiler): CompiledPolicy {
  const { metadata, spec } = source;
  const types = policyTypesOf(spec);
  const rules = (items: readonly (IngressRule & EgressRule)[] = []) =>
    items.map(({ from, to, ports }) => ({ peers: compilePeers(from ?? to, selectors), ports: compilePorts(ports) }));
  const ingress = types.includes('Ingress') ? rules(spec.ingress) : undefined;
  const egress = types.includes('Egress') ? rules(spec.egress) : undefined;
  return {
    source,
    namespace: metadata.namespace,
    target: selectors(spec.podSelector ?? {}),
    usesBlocks: [ingress, egress].some((rules) => rules?.some(({ peers }) => (peers?.blocks.size ?? 0) > 0)),
    Ingress: ingress,
    Egress: egress,
  };
}

function compilePeers(peers: readonly Peer[] = [], selectors: SelectorCompiler): CompiledRule['peers'] {
  if (peers.length === 0) return undefined;
  const blocks = peers.map(({ ipBlock }) => ipBlock).filter((block) => block !== undefined);
  const pods = peers
    .filter(({ ipBlock }) => ipBlock === undefined)
    .map(({ podSelector, namespaceSelector }) => ({
      pods: podSelector && selectors(podSelector),
      namespaces: namespaceSelector && selectors(namespaceSelector),
    }));
  return { pods, blocks: compileBlocks(blocks) };
}

function admitsAskedName(ports: CompiledPorts, { destination, port, protocol, unknownNames = false }: Query): boolean {
  if (!destination?.portsUnknown) return admitsName(ports, destination, port, protocol);
  return unknownNames && (ports?.get(protocol)?.names.size ?? 0) > 0;
}

/** Whether the rule, of a policy in `namespace`, admits what is asked. */
export function ruleAdmits(
  { peers, ports }: CompiledRule,
  namespace: string,
  query: Query,
  labelsOf: (namespace: string) => Labels,
): boolean {
  const { port, protocol, peer } = query;
  if (!admitsNumber(ports, port, protocol) && !admitsAskedName(ports, query)) return false;
  if (peers === undefined || blocksHold(peers.blocks, query.address, query.unknownMatches)) return true;
  if (peer === undefined) return false;
  return peers.pods.some(
    ({ pods, namespaces }) =>
      (namespaces === undefined ? peer.namespace === namespace : namespaces.matches(labelsOf(peer.namespace))) &&
      (pods === undefined || pods.matches(peer.labels)),
  );
}
