import type { Cell } from '../matrix/cell.ts';
import { fullName } from '../model/pod-name.ts';
import { type Connection, isPodEnd } from '../oracle/connection.ts';
import type { Decision } from '../oracle/decision.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { serviceConnections } from '../oracle/service-connections.ts';

/**
 * Tells which of the cells that are closed before and after a step are kept closed by another end after it: the source's
 * egress before and the destination's ingress after, or the other way round. The nodes of the two learn of a change at
 * two moments, and Kubernetes promises no order among pods, so such a cell may be open between them.
 */
export function handedOver(before: Oracle, after: Oracle): (cell: Cell) => boolean {
  if (before === after) return () => false;
  return (cell) => {
    const was = decisionsOf(before, cell);
    return [...decisionsOf(after, cell)].some(([to, is]) => {
      const earlier = was.get(to);
      return earlier !== undefined && opensInPassing(earlier, is);
    });
  };
}

/** Whether what one end knows already and what the other still goes by let the connection through together. */
function opensInPassing(was: Decision, is: Decision): boolean {
  const passes = ({ egress }: Decision, { ingress }: Decision) =>
    egress.verdict !== 'denied' && ingress.verdict !== 'denied';
  return !passes(was, was) && !passes(is, is) && (passes(was, is) || passes(is, was));
}

/** What a cell between pods comes to in a state, by the pod that answers. Nothing of the other paths is decided at two ends. */
function decisionsOf(oracle: Oracle, cell: Cell): ReadonlyMap<string, Decision> {
  return new Map(
    connectionsOf(oracle, cell).flatMap((connection) =>
      isPodEnd(connection.to) ? [[fullName(connection.to.pod), oracle.decide(connection)] as const] : [],
    ),
  );
}

function connectionsOf(oracle: Oracle, { from, to, port, protocol, family, path }: Cell): readonly Connection[] {
  const source = oracle.pod(from);
  if (source === undefined) return [];
  const dial = { from: { pod: source }, port, protocol, family };
  if (path === 'pod-ip') {
    const pod = oracle.pod(to);
    return pod === undefined ? [] : [{ ...dial, to: { pod } }];
  }
  const service = path === 'cluster-ip' || path === 'dns' ? oracle.service(to) : undefined;
  return service === undefined ? [] : serviceConnections(oracle, service, dial);
}
