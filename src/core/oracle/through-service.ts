import type { IpFamily, Protocol } from '../model/protocol.ts';
import type { Service } from '../model/service.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import { explain, type Positions } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { Oracle } from './oracle.ts';
import { serviceConnections } from './service-connections.ts';
import { throughNode } from './through-node.ts';
import { nodeOf } from './world.ts';

/** A dial to a Service. */
export interface ServiceDial {
  readonly service: Service;
  readonly from: End;
  /** The Service's port. */
  readonly port: number;
  readonly protocol: Protocol;
  readonly family?: IpFamily;
  /** At its own address or name, or at a node: by its NodePort, or by an address from outside. */
  readonly by: 'cluster-ip' | 'node-port';
  /** The node whose NodePort is dialled, where that is known. */
  readonly node?: End;
}

/** Why a dial to a Service comes out as it does: an explanation for each backend that may be chosen. */
export function throughService(oracle: Oracle, dial: ServiceDial, positions?: Positions): readonly Explanation[] {
  const { service, from, port, protocol, family, by, node } = dial;
  const all = serviceConnections(oracle, service, { from, port, protocol, ...(family && { family }) });
  if (by === 'cluster-ip') return all.map((connection) => throughAddress(oracle, connection, positions));
  if (keepsBothEnds(dial)) {
    const own = all.filter((connection) => mayBeOn(connection.to, node));
    return own.map(({ dialled: _, ...connection }) => explain(oracle, connection, positions));
  }
  const nodePort = service.ports.find((each) => each.port === port && each.protocol === protocol)?.nodePort ?? port;
  return all.map((connection) => throughNode(oracle, { connection, nodePort, ...(node && { node }) }, positions));
}

/**
 * Whether policy sees a dial to a NodePort as one from its source to a backend of that node: from outside no egress
 * policy speaks, and `externalTrafficPolicy: Local` keeps the source's address (API: `Service.spec.externalTrafficPolicy`).
 */
function keepsBothEnds({ service, from }: ServiceDial): boolean {
  return !isPodEnd(from) && service.externalTrafficPolicy === 'Local';
}

function mayBeOn(to: End, node: End | undefined): boolean {
  const [own, dialled] = [to, node].map((end) => end && nodeOf(end));
  return own === undefined || dialled === undefined || own === dialled;
}

const HAIRPIN = 'whether policy is asked where a pod reaches itself through a Service (hairpin)';

/** Through a ClusterIP. A pod that reaches itself this way is left open unless policy admits it as its own peer. */
function throughAddress(oracle: Oracle, connection: Connection, positions?: Positions): Explanation {
  const explanation = explain(oracle, connection, positions);
  if (explanation.egress.decidedBy !== 'self') return explanation;
  const strict = { ...connection, selfExempt: false };
  if (oracle.decide(strict).verdict === 'allowed') return explanation;
  return { ...explain(oracle, strict, positions), verdict: 'undefined', openQuestions: [HAIRPIN] };
}
