import { randomUUID } from 'node:crypto';
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
 * Resets have to pass, for the ends to hear of it. Calls of the API server to the kubelet go on.
 */
const RULES = `
rules() {
  for tables in iptables ip6tables; do
    for rule in "OUTPUT -p tcp --dport $2 ! --tcp-flags RST RST" "INPUT -p tcp --sport $2 ! --tcp-flags RST RST"; do
      $tables -w 10 "$1" $rule -m comment --comment "$3" -j REJECT --reject-with tcp-reset || test $tables = ip6tables
    done
  done
}
`;

/** What takes the rules out in time is there before they are; connections that are open are closed in the node's kernel. */
const CUT_SCRIPT = `${RULES}
set -e
(trap '' HUP; sleep "$3"; rules -D "$1" "$2") </dev/null >/dev/null 2>&1 &
rules -I "$1" "$2"
ss -K "dport = :$1" >/dev/null 2>&1 || true
`;

/** Rules that are gone by themselves are no trouble, those that are left are. */
const JOIN_SCRIPT = `${RULES}
rules -D "$1" "$2" >/dev/null 2>&1 || true
! iptables -w 10 -S | grep -qF "$2"
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
  /** What takes the rules of each node out again. */
  readonly #undo = new Map<string, () => Promise<unknown>>();

  constructor(parts: CutParts) {
    this.#parts = parts;
  }

  /** Cuts off every node that does not carry the API server; resolves once that is so. An abort does not leave it half done. */
  async cut(options: CallOptions): Promise<ChangeTimes> {
    const { cluster, clock } = this.#parts;
    const [engine, info, port] = await Promise.all([this.#parts.engine(), cluster.info(), this.#port(options)]);
    const sentMs = clock.now();
    const mark = `netproof-${randomUUID()}`;
    const run = (node: string, script: string) =>
      docker(engine, ['exec', node, 'sh', '-c', script, 'sh', port, mark, String(CUT_SECONDS)], {});
    await Promise.all(
      workersOf(info).map((node) => {
        this.#undo.set(node, () => run(node, JOIN_SCRIPT));
        return run(node, CUT_SCRIPT);
      }),
    );
    return { sentMs, answeredMs: clock.now() };
  }

  /** Lets the nodes reach the API server again. */
  async join(): Promise<ChangeTimes> {
    const { clock } = this.#parts;
    const sentMs = clock.now();
    await this.restore();
    return { sentMs, answeredMs: clock.now() };
  }

  /** Takes out what is still in force; resolves with what that was. */
  async restore(): Promise<readonly string[]> {
    const undone = await Promise.all(
      [...this.#undo].map(async ([node, undo]) => {
        await undo();
        this.#undo.delete(node);
        return `the API server for node ${node}`;
      }),
    );
    return undone;
  }

  /** The port that the API server listens at. */
  async #port(options: CallOptions): Promise<string> {
    const ref = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace: 'default', name: 'kubernetes' };
    const slice = (await this.#parts.cluster.get(ref, options)) as
      | { readonly ports?: readonly { readonly port?: number }[] }
      | undefined;
    const port = slice?.ports?.[0]?.port;
    if (port !== undefined) return String(port);
    throw new ClusterError({ code: 'machinery-unknown', message: 'the port of the API server is not known' });
  }
}

/** Nodes that do not carry the API server. */
export function workersOf({ nodes }: Pick<ClusterInfo, 'nodes'>): readonly string[] {
  return nodes.filter(({ controlPlane }) => controlPlane !== true).map(({ name }) => name);
}
