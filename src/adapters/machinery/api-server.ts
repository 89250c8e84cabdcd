import { randomUUID } from 'node:crypto';
import { allOrNone } from '../../core/diagnostics/all-or-none.ts';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallOptions, ChangeTimes, Cluster, ClusterInfo } from '../../ports/cluster.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import { docker } from './node-containers.ts';
import type { PartPods } from './plugin-pods.ts';

/** The API server's own pods, as kubeadm sets them up. */
export const API_SERVER: PartPods = {
  namespace: 'kube-system',
  labelSelector: 'component=kube-apiserver',
  container: 'kube-apiserver',
};

/** After so long a node reaches the API server again by itself, in seconds: one that says nothing for 40 s counts as gone. */
const CUT_SECONDS = 25;

/**
 * Packet filter rules on a node that end what its own processes have with the API server, and let nothing new come about.
 * Resets have to pass, for the ends to hear of it. Calls of the API server to the kubelet go on. The filter of the family that the
 * API server does not speak may be missing: it is the fourth argument.
 */
const RULES = `
rules() {
  for tables in iptables ip6tables; do
    for rule in "OUTPUT -p tcp --dport $2 ! --tcp-flags RST RST" "INPUT -p tcp --sport $2 ! --tcp-flags RST RST"; do
      $tables -w 10 "$1" $rule -m comment --comment "$3" -j REJECT --reject-with tcp-reset || test $tables = "$4"
    done
  done
}
stand() {
  for tables in iptables ip6tables; do $tables -w 10 -S 2>/dev/null; done | grep -qF "$1"
}
`;

/**
 * What takes the rules out in time is there before they are, and tries again where the filter is busy. Connections that are open are closed in the node's
 * kernel: those to the API server itself, and those to its Service, whose addresses follow.
 */
const CUT_SCRIPT = `${RULES}
(trap '' HUP; sleep "$3"; for each in 1 2 3; do rules -D "$1" "$2" "$4"; sleep 1; done) </dev/null >/dev/null 2>&1 &
set -e
rules -I "$1" "$2" "$4"
ss -K "dport = :$1" >/dev/null 2>&1 || true
shift 4
for service; do ss -K "dst = $service and dport = :443" >/dev/null 2>&1 || true; done
`;

/** Says whether the rules are still in force. */
const ASK_SCRIPT = `${RULES}
stand "$2" && echo cut || echo over
`;

/** Rules that are gone by themselves are no trouble, those that are left are. */
const JOIN_SCRIPT = `${RULES}
rules -D "$1" "$2" "$4" >/dev/null 2>&1 || true
! stand "$2"
`;

/** What cutting nodes off from the API server takes. */
interface CutParts {
  readonly cluster: Pick<Cluster, 'info' | 'get'>;
  readonly clock: Clock;
  readonly engine: () => Promise<ContainerEngine>;
}

/** Cuts nodes off from the API server and lets them reach it again. Keeps in mind which are cut off. */
export class ApiServerCut {
  readonly #parts: CutParts;
  /** Runs scripts on each node that is cut off. */
  readonly #nodes = new Map<string, (script: string) => Promise<string>>();

  constructor(parts: CutParts) {
    this.#parts = parts;
  }

  /** Cuts off every node that does not carry the API server; resolves once that is so. An abort does not leave it half done. */
  async cut(options: CallOptions): Promise<ChangeTimes> {
    const { cluster, clock } = this.#parts;
    const [engine, info, server] = await Promise.all([this.#parts.engine(), cluster.info(), this.#server(options)]);
    const sentMs = clock.now();
    const mark = `netproof-${randomUUID()}`;
    const args = [server.port, mark, String(CUT_SECONDS), server.otherFilter, ...server.services];
    await allOrNone(
      workersOf(info).map((node) => {
        const run = (script: string) => docker(engine, ['exec', node, 'sh', '-c', script, 'sh', ...args], {});
        this.#nodes.set(node, run);
        return run(CUT_SCRIPT);
      }),
    );
    return { sentMs, answeredMs: clock.now() };
  }

  /**
   * Lets the nodes reach the API server again. Rejects with `ClusterError` `cut-over` where one does already: what was done
   * meanwhile was not done while it was cut off.
   */
  async join(): Promise<ChangeTimes> {
    const { clock } = this.#parts;
    const sentMs = clock.now();
    const answers = await allOrNone([...this.#nodes.values()].map((run) => run(ASK_SCRIPT)));
    await this.restore();
    if (answers.some((answer) => answer.trim() !== 'cut')) {
      throw new ClusterError({
        code: 'cut-over',
        message: `the nodes reached the API server again, after ${CUT_SECONDS} s, before they were joined`,
        hint: 'do less between cut-api-server and join-api-server, or hold shorter; a slow machine may need another try',
      });
    }
    return { sentMs, answeredMs: clock.now() };
  }

  /** Takes out what is still in force; resolves with what that was. */
  async restore(): Promise<readonly string[]> {
    return allOrNone(
      [...this.#nodes].map(async ([node, run]) => {
        await run(JOIN_SCRIPT);
        this.#nodes.delete(node);
        return `the API server for node ${node}`;
      }),
    );
  }

  /** Where the API server listens, and the packet filter that has nothing to do with it. */
  async #server(options: CallOptions): Promise<ApiServerAddress> {
    const ref = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: 'default', name: 'kubernetes' };
    const service = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'kubernetes' };
    const { get } = this.#parts.cluster;
    const [slice, object] = await Promise.all([get(ref, options), get(service, options)]);
    const { ports = [], addressType } = (slice ?? {}) as Slice;
    const { clusterIPs = [] } = (object?.spec ?? {}) as { readonly clusterIPs?: readonly string[] };
    const [{ port } = {}] = ports;
    if (port !== undefined) {
      const otherFilter = addressType === 'IPv6' ? 'iptables' : 'ip6tables';
      return { port: String(port), otherFilter, services: clusterIPs };
    }
    throw new ClusterError({
      code: 'machinery-unknown',
      message: 'the port of the API server is not known',
      hint: 'see whether it is told: kubectl -n default get endpointslice kubernetes -o yaml',
    });
  }
}

/** What the cluster says of where the API server is (API: `EndpointSlice.addressType`, `ports`). */
interface Slice {
  readonly ports?: readonly { readonly port?: number }[];
  readonly addressType?: string;
}

interface ApiServerAddress {
  readonly port: string;
  readonly otherFilter: string;
  readonly services: readonly string[];
}

/** Nodes that do not carry the API server. */
export function workersOf({ nodes }: Pick<ClusterInfo, 'nodes'>): readonly string[] {
  return nodes.filter(({ controlPlane }) => controlPlane !== true).map(({ name }) => name);
}
