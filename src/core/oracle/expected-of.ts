import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import { fullName } from '../model/pod-name.ts';
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

/**
 * What a cell must come to by the policies, for every path. `to` is a pod (`pod-ip`, `host-port`), a Service
 * (`cluster-ip`, `dns`, `node-port`), `node/NAME` or a pod that stands for its node (`node`), or an address, which may
 * be unknown (`outside`). A verdict that Kubernetes leaves open is `reported`. Throws RangeError for an unknown name.
 */
export function expectedOf(oracle: Oracle, cell: Cell, positions?: Positions): CellExpectation {
  const say = (connection: Connection): CellExpectation => {
    const explanation = explain(oracle, connection, positions);
    return { expected: expectedFor(explanation.verdict), explanation: explainText(explanation) };
  };
  const { port, protocol, family } = cell;
  const from = podEnd(oracle, cell.from);
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
      return throughNode(oracle, cell, { from, to: podEnd(oracle, cell.to), port, protocol, family }, positions);
    case 'node':
      return say({ from, to: nodeEnd(oracle, cell.to), port, protocol, family });
    case 'outside':
      return say({ from, to: { address: cell.to.includes('/') ? undefined : cell.to }, port, protocol, family });
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

function nodeEnd(oracle: Oracle, name: string): End {
  if (name.startsWith('node/')) return { address: undefined, node: name.slice('node/'.length) };
  const node = oracle.pod(name)?.node;
  if (node === undefined) throw new RangeError(`the node of ${name} is not known`);
  return { address: undefined, node };
}

/** A Service: whichever backend is chosen, so backends with different verdicts leave it open. */
function throughService(oracle: Oracle, cell: Cell, positions?: Positions): CellExpectation {
  const service = oracle.service(cell.to);
  if (service === undefined) throw new RangeError(`there is no Service ${cell.to}`);
  const { port, protocol, family } = cell;
  const through = cell.path === 'node-port' ? throughNode : throughAddress;
  const connections = serviceConnections(oracle, service, { from: podEnd(oracle, cell.from), port, protocol, family });
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

/** Through a ClusterIP. A pod that reaches itself this way is left open unless policy admits it as its own peer. */
function throughAddress(oracle: Oracle, _: Cell, connection: Connection, positions?: Positions): CellExpectation {
  const explanation = explain(oracle, connection, positions);
  const text = explainText(explanation);
  if (explanation.egress.decidedBy !== 'self') return { expected: expectedFor(explanation.verdict), explanation: text };
  const admitted = oracle.decide({ ...connection, selfExempt: false }).verdict === 'allowed';
  const reason = 'a pod that reaches itself through a Service (hairpin) is left open where policy would stop it';
  return { expected: admitted ? 'open' : 'reported', explanation: admitted ? text : `${text}\n${reason}` };
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
