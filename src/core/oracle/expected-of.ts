import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import { familyOf } from '../model/address.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Service } from '../model/service.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import { bothOf, type Verdict } from './decision.ts';
import { dnsExpectation } from './dns.ts';
import { explain, type Positions } from './explain.ts';
import { explainText } from './explain-text.ts';
import type { Oracle } from './oracle.ts';
import { serviceConnections } from './service-connections.ts';

/** What a cell must come to, and which rule decides. */
export interface CellExpectation {
  readonly expected: Expected;
  /** One or more lines for the report of a failure. */
  readonly explanation: string;
  /** Of a Service whose backends have different verdicts: those that may answer, as `namespace/name`. */
  readonly answerable?: readonly string[];
}

/** Of a pod's own node (Kubernetes: Network Policies, "The two sorts of pod isolation"). */
const FROM_KUBELET: CellExpectation = {
  expected: 'open',
  explanation: 'traffic from the node to a pod on it is always allowed, whatever policies say',
};

/**
 * What a cell must come to by the policies, for every path. `from` is a pod or a host outside; `to` is a pod (`pod-ip`,
 * `host-port`), a Service (`cluster-ip`, `dns`, `node-port`), `node/NAME` or a pod that stands for its node (`node`), or
 * a host or an address outside, which may be unknown (`outside`). What a kubelet asks of a pod (`kubelet`) is open. A verdict that Kubernetes leaves open is `reported`.
 * Throws RangeError for an unknown name.
 */
export function expectedOf(oracle: Oracle, cell: Cell, positions?: Positions): CellExpectation {
  const say = (connection: Connection): CellExpectation => {
    const explanation = explain(oracle, connection, positions);
    return { expected: expectedFor(explanation.verdict), explanation: explainText(explanation) };
  };
  if (cell.path === 'kubelet') return FROM_KUBELET;
  const { port, protocol, family } = cell;
  const from = sourceEnd(oracle, cell);
  switch (cell.path) {
    case 'pod-ip':
      return say({ from, to: podEnd(oracle, cell.to), port, protocol, family });
    case 'cluster-ip':
      return throughService(oracle, cell, positions);
    case 'dns':
      return dnsExpectation(oracle, cell, positions, throughService);
    case 'node-port':
      return throughService(oracle, cell, positions);
    case 'host-port':
      return throughHostPort(oracle, cell, from, positions);
    case 'node':
      return say({ from, to: nodeEnd(oracle, cell.to), port, protocol, family });
    case 'outside':
      return say({ from, to: hostEnd(oracle, cell.to, family), port, protocol, family });
  }
}

function expectedFor(verdict: Verdict): Expected {
  return verdict === 'undefined' ? 'reported' : verdict === 'allowed' ? 'open' : 'closed';
}

function podEnd(oracle: Oracle, name: string): End {
  const pod = oracle.pod(name);
  if (pod === undefined) throw new RangeError(`there is no pod ${name}`);
  return { pod };
}

function sourceEnd(oracle: Oracle, { from, family }: Cell): End {
  return oracle.host(from) === undefined ? podEnd(oracle, from) : hostEnd(oracle, from, family);
}

/** A host by its name, else an address; a name that nobody knows is an address that is not known. */
function hostEnd(oracle: Oracle, name: string, family: IpFamily): End {
  const host = oracle.host(name);
  if (host !== undefined) return { address: host.ips.find((ip) => familyOf(ip) === family) };
  return { address: name.includes('/') ? undefined : name };
}

function nodeEnd(oracle: Oracle, name: string): End {
  if (name.startsWith('node/')) return { address: undefined, node: name.slice('node/'.length) };
  const pod = oracle.pod(name);
  if (pod === undefined) throw new RangeError(`there is no pod ${name}`);
  return { address: undefined, node: pod.node ?? `of ${name}` };
}

/** A Service: whichever backend is chosen, so backends with different verdicts leave it open. */
function throughService(oracle: Oracle, cell: Cell, positions?: Positions): CellExpectation {
  const service = oracle.service(cell.to);
  if (service === undefined) throw new RangeError(`there is no Service ${cell.to}`);
  const { port, protocol, family } = cell;
  const from = sourceEnd(oracle, cell);
  const through = keepsBothEnds(service, cell, from)
    ? plainly
    : cell.path === 'node-port'
      ? throughNode
      : throughAddress;
  const connections = serviceConnections(oracle, service, { from, port, protocol, family });
  const outcomes = connections.map((connection) => through(oracle, cell, connection, positions));
  const [first] = outcomes;
  if (first === undefined) {
    return { expected: 'closed', explanation: `${cell.to} has no backend on port ${port}/${protocol}` };
  }
  if (outcomes.every(({ expected }) => expected === first.expected)) return first;
  const explanation = outcomes.map((outcome) => outcome.explanation).join('\n');
  const answerable = connections.flatMap(({ to }, index) =>
    isPodEnd(to) && outcomes[index]?.expected !== 'closed' ? [fullName(to.pod)] : [],
  );
  const text = `the backends of ${cell.to} have different verdicts:\n${explanation}`;
  return { expected: 'reported', explanation: text, answerable };
}

/**
 * Whether policy sees a dial to a NodePort as one from its source to the backend: from outside no egress policy speaks,
 * and `externalTrafficPolicy: Local` keeps the source's address (API: `Service.spec.externalTrafficPolicy`).
 */
function keepsBothEnds(service: Service, { path }: Cell, from: End): boolean {
  return path === 'node-port' && !isPodEnd(from) && service.externalTrafficPolicy === 'Local';
}

function plainly(oracle: Oracle, _: Cell, { dialled: _dialled, ...connection }: Connection, positions?: Positions) {
  const explanation = explain(oracle, connection, positions);
  return { expected: expectedFor(explanation.verdict), explanation: explainText(explanation) };
}

/** Through a ClusterIP. A pod that reaches itself this way is left open unless policy admits it as its own peer. */
function throughAddress(oracle: Oracle, _: Cell, connection: Connection, positions?: Positions): CellExpectation {
  const explanation = explain(oracle, connection, positions);
  const text = explainText(explanation);
  if (explanation.egress.decidedBy !== 'self') return { expected: expectedFor(explanation.verdict), explanation: text };
  const admitted = oracle.decide({ ...connection, selfExempt: false }).verdict === 'allowed';
  const reason = 'a pod that reaches itself through a Service (hairpin) is left open where policy would stop it';
  return { expected: admitted ? 'open' : 'reported', explanation: admitted ? text : `${text}\n${reason}` };
}

/** A port of the node that leads to one of the pod's, the same where the pod names no other. */
function throughHostPort(oracle: Oracle, cell: Cell, from: End, positions?: Positions): CellExpectation {
  const { protocol, family } = cell;
  const to = podEnd(oracle, cell.to);
  const ports = isPodEnd(to) ? to.pod.ports : [];
  const led = ports.find(({ hostPort, protocol: served }) => hostPort === cell.port && served === protocol);
  return throughNode(oracle, cell, { from, to, port: led?.port ?? cell.port, protocol, family }, positions);
}

/**
 * Through a node's address: the source pod's policies may see the node or the backend, the backend's may see the pod
 * or a node. The verdict holds if none of that matters.
 */
function throughNode(oracle: Oracle, cell: Cell, dialled: Connection, positions?: Positions): CellExpectation {
  const { dialled: _, ...direct } = dialled;
  const node: End = { address: undefined };
  const asNode = oracle.decide({ ...direct, to: node, port: cell.port });
  const fromNode = oracle.decide({ ...direct, from: node });
  const plain = oracle.decide({ ...direct, selfExempt: false });
  const same = (a: Verdict, b: Verdict): Verdict => (a === b ? a : 'undefined');
  const verdict = bothOf(
    same(plain.egress.verdict, asNode.egress.verdict),
    same(plain.ingress.verdict, fromNode.ingress.verdict),
  );
  const text = explainText(explain(oracle, direct, positions));
  const reason = "through a node's address the verdict depends on where addresses are rewritten";
  return { expected: expectedFor(verdict), explanation: verdict === 'undefined' ? `${text}\n${reason}` : text };
}
