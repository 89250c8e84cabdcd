import type { Cell } from '../matrix/cell.ts';
import { familyOf } from '../model/address.ts';
import type { Pod } from '../model/pod.ts';
import type { Service } from '../model/service.ts';
import { agreed } from './decision.ts';
import type { CellExpectation } from './expected-of.ts';
import { explain, type Positions } from './explain.ts';
import { explainText } from './explain-text.ts';
import type { Oracle } from './oracle.ts';
import { backendsOf } from './service-backends.ts';

const NAMESPACE = 'kube-system';
const LABELS = { 'k8s-app': 'kube-dns' };

/** The cluster's DNS as every installation with CoreDNS has it, for states that do not name its pods. */
const ASSUMED: Pod = {
  namespace: NAMESPACE,
  name: 'kube-dns',
  labels: LABELS,
  ports: [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ],
  ips: [],
};

/** The pods that answer DNS: behind the Service for it, or by label, or the assumed one. */
function dnsPods(oracle: Oracle, service: Service | undefined): readonly Pod[] {
  const pods = backendsOf(oracle, service ?? { namespace: NAMESPACE, selector: LABELS });
  return pods.length > 0 ? pods : [ASSUMED];
}

/**
 * A Service by its name: the name has to resolve first. Resolvers ask by UDP (TCP is for answers too long for it), so
 * UDP 53 to the DNS pods decides: closed means that the name stays `unresolved`.
 */
export function dnsExpectation(
  oracle: Oracle,
  cell: Cell,
  positions: Positions | undefined,
  connect: (oracle: Oracle, cell: Cell, positions?: Positions) => CellExpectation,
): CellExpectation {
  const pod = oracle.pod(cell.from);
  if (pod === undefined) throw new RangeError(`there is no pod ${cell.from}`);
  const service = oracle.service(`${NAMESPACE}/kube-dns`);
  const dialled = { address: service?.clusterIPs[0] };
  const first = [dialled.address, ...pod.ips].find((ip) => ip !== undefined && ip !== 'None');
  const lookups = dnsPods(oracle, service).map((to) =>
    explain(
      oracle,
      { from: { pod }, to: { pod: to }, port: 53, protocol: 'UDP', dialled, ...(first && { family: familyOf(first) }) },
      positions,
    ),
  );
  const verdict = agreed(lookups.map((lookup) => lookup.verdict));
  if (verdict === 'allowed') return connect(oracle, cell, positions);
  const texts = lookups.map(explainText).join('\n');
  return verdict === 'denied'
    ? { expected: 'unresolved', explanation: `the name does not resolve, for DNS is closed:\n${texts}` }
    : { expected: 'reported', explanation: `whether the name resolves is not defined:\n${texts}` };
}
