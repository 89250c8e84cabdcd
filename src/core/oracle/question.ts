import { parseAddress } from '../model/address.ts';
import { isWithoutAddress, type Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily, Protocol } from '../model/protocol.ts';
import type { Service } from '../model/service.ts';
import { nodeNameOf } from './address-holders.ts';
import { type End, isPodEnd } from './connection.ts';
import { endOf } from './end-of.ts';
import type { Oracle } from './oracle.ts';

/** A connection as a person names it. */
export interface AskedConnection {
  /** A pod (`x/a`), an imagined pod by its labels (`x/app=web`), a node (`node/NAME`) or an address. */
  readonly from: string;
  /** The same, or a Service, `service/x/web`. An address may be a Service's too. */
  readonly to: string;
  /** The port that is dialled; at a node it may be a NodePort or a pod's host port. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Default: that of an end named by its address, else every family that both ends have. */
  readonly family?: IpFamily;
}

/** What stands behind the name of a destination. */
type Target =
  | { readonly kind: 'end'; readonly end: End }
  /** `port` is the Service's own. */
  | {
      readonly kind: 'service';
      readonly service: Service;
      readonly port: number;
      readonly by: 'cluster-ip' | 'node-port';
      readonly node?: End;
    }
  /** A port of a node that leads to a pod. */
  | { readonly kind: 'host-port'; readonly pod: Pod; readonly port: number; readonly node: End };

/** A connection that is asked for, its ends found. */
export interface Question extends Pick<AskedConnection, 'port' | 'protocol' | 'family'> {
  readonly from: End;
  readonly to: Target;
  /** The destination as it was named. */
  readonly toName: string;
}

/** Finds what a question is about; `unknown` is the name of an end that is not there. */
export function questionOf(oracle: Oracle, asked: AskedConnection): Question | { readonly unknown: string } {
  const { from: fromName, to: toName, ...rest } = asked;
  const from = endOf(oracle, isLoopback(fromName) ? toName : fromName);
  if (from === undefined) return { unknown: fromName };
  const to = isLoopback(toName) ? ({ kind: 'end', end: from } as const) : targetOf(oracle, asked);
  if (to === undefined) return { unknown: toName };
  const family = asked.family ?? familyNamed(toName) ?? familyNamed(fromName);
  return { ...rest, ...(family && { family }), from, to, toName };
}

/** The family of an end that is named by its address. */
function familyNamed(name: string): IpFamily | undefined {
  return isLoopback(name) ? undefined : parseAddress(name)?.family;
}

const SERVICE = 'service/';

function targetOf(oracle: Oracle, { to, port, protocol }: AskedConnection): Target | undefined {
  if (to.startsWith(SERVICE)) {
    const service = oracle.service(to.slice(SERVICE.length));
    return service && { kind: 'service', service, port, by: 'cluster-ip' };
  }
  const end = endOf(oracle, to);
  if (end === undefined || isPodEnd(end)) return end && { kind: 'end', end };
  if (end.node !== undefined) return atNode(oracle, end, port, protocol);
  // What is no pod's and no node's address may be a Service's.
  const holder = oracle.holderOf(to);
  const service = holder && oracle.service(holder.name);
  if (service === undefined) return { kind: 'end', end };
  const by = service.clusterIPs.includes(to) ? 'cluster-ip' : 'node-port';
  return { kind: 'service', service, port, by };
}

/** A port of a node: a Service's NodePort, a pod's host port, or the node's own. */
function atNode(oracle: Oracle, node: End & { readonly node?: string }, port: number, protocol: Protocol): Target {
  for (const service of oracle.services()) {
    const own = service.ports.find((each) => each.nodePort === port && each.protocol === protocol);
    if (own !== undefined) return { kind: 'service', service, port: own.port, by: 'node-port', node };
  }
  for (const pod of oracle.pods()) {
    if (pod.hostNetwork || isWithoutAddress(pod) || nodeNameOf(pod) !== node.node) continue;
    const own = pod.ports.find((each) => each.hostPort === port && each.protocol === protocol);
    if (own !== undefined) return { kind: 'host-port', pod, port: own.port, node };
  }
  return { kind: 'end', end: node };
}

/** Whether an address is one by which everybody means himself: 127.0.0.0/8, ::1. */
function isLoopback(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  return address.family === 'IPv4' ? address.value >> 24n === 127n : address.value === 1n;
}

/** How a destination is named: as it was asked for, with the name of what has the address. */
export function targetText({ to, toName }: Question): string {
  if (to.kind === 'end') return toName;
  const found = to.kind === 'service' ? `service/${fullName(to.service)}` : fullName(to.pod);
  return found === toName ? toName : `${toName} (${found})`;
}
