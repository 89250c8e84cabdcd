import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import { familyOf } from '../model/address.ts';
import type { IpFamily } from '../model/protocol.ts';
import { nodeNameOf } from './address-holders.ts';
import type { End } from './connection.ts';
import type { Verdict } from './decision.ts';
import { dnsExpectation } from './dns.ts';
import { explain, type Positions } from './explain.ts';
import { explainText } from './explain-text.ts';
import type { Explanation } from './explanation.ts';
import type { Oracle } from './oracle.ts';
import { throughNode } from './through-node.ts';
import { throughService } from './through-service.ts';

/** What a cell must come to, and which rule decides. */
export interface CellExpectation {
  readonly expected: Expected;
  /** One or more lines for the report of a failure; made when it is asked for, which is dear. */
  readonly explanation: string;
  /** Of a Service whose backends have different verdicts: those that may answer, as `namespace/name`. */
  readonly answerable?: readonly string[];
  /** Of these, those of which it is certain that policies let them answer. */
  readonly allowed?: readonly string[];
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
  if (cell.path === 'kubelet') return FROM_KUBELET;
  const { port, protocol, family } = cell;
  const from = sourceEnd(oracle, cell);
  const direct = (to: End): CellExpectation => {
    const connection = { from, to, port, protocol, family };
    return {
      expected: expectedFor(oracle.decide(connection).verdict),
      get explanation() {
        return explainText(explain(oracle, connection, positions));
      },
    };
  };
  switch (cell.path) {
    case 'pod-ip':
      return direct(podEnd(oracle, cell.to));
    case 'cluster-ip':
    case 'node-port':
      return byService(oracle, cell, positions);
    case 'dns':
      return dnsExpectation(oracle, cell, positions, byService);
    case 'host-port':
      return said(byHostPort(oracle, cell, positions));
    case 'node':
      return direct(ofNode(oracle, cell.to));
    case 'outside':
      return direct(hostEnd(oracle, cell.to, family));
  }
}

function said(explanation: Explanation): CellExpectation {
  return {
    expected: expectedFor(explanation.verdict),
    get explanation() {
      return explainText(explanation);
    },
  };
}

function expectedFor(verdict: Verdict): Expected {
  return verdict === 'undefined' ? 'reported' : verdict === 'allowed' ? 'open' : 'closed';
}

function podEnd(oracle: Oracle, name: string) {
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

function ofNode(oracle: Oracle, name: string): End {
  const node = name.startsWith('node/') ? name.slice('node/'.length) : nodeNameOf(podEnd(oracle, name).pod);
  return { address: undefined, node };
}

/** A Service: whichever backend is chosen, so backends with different verdicts leave it open. */
function byService(oracle: Oracle, cell: Cell, positions?: Positions): CellExpectation {
  const service = oracle.service(cell.to);
  if (service === undefined) throw new RangeError(`there is no Service ${cell.to}`);
  const { port, protocol, family } = cell;
  const by = cell.path === 'node-port' ? cell.path : 'cluster-ip';
  const from = sourceEnd(oracle, cell);
  const backends = throughService(oracle, { service, from, port, protocol, family, by }, positions);
  const [first] = backends;
  if (first === undefined) {
    return { expected: 'closed', explanation: `${cell.to} has no backend on port ${port}/${protocol}` };
  }
  if (backends.every(({ verdict }) => verdict === first.verdict)) return said(first);
  const explanation = backends.map(explainText).join('\n');
  const answerable = backends.filter(({ verdict }) => verdict !== 'denied').map(({ to }) => to);
  const allowed = backends.filter(({ verdict }) => verdict === 'allowed').map(({ to }) => to);
  const text = `the backends of ${cell.to} have different verdicts:\n${explanation}`;
  return { expected: 'reported', explanation: text, answerable, allowed };
}

/** A port of the node that leads to one of the pod's, the same where the pod names no other. */
function byHostPort(oracle: Oracle, cell: Cell, positions?: Positions): Explanation {
  const { protocol, family, port: nodePort } = cell;
  const to = podEnd(oracle, cell.to);
  const led = to.pod.ports.find(({ hostPort, protocol: served }) => hostPort === nodePort && served === protocol);
  const connection = { from: sourceEnd(oracle, cell), to, port: led?.port ?? nodePort, protocol, family };
  return throughNode(oracle, { connection, nodePort }, positions);
}
