import type { AgentHealth, Span } from '../core/judge/record.ts';
import type { Cluster, KubeObject } from '../ports/cluster.ts';
import type { Topology } from './topology.ts';

/** How long a node may take to be read, in ms; one that cannot be read is not called unready. */
const ASK_MS = 5_000;

interface NodeStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

/** Nodes that carry pods of the scenario and are not Ready now, each with what the control plane says of it. */
export async function unreadyNodes(
  topology: Topology,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set([...topology.pods.values()].map(({ node }) => node))].filter((name) => name !== '');
  const troubles = await Promise.all(
    names.map(async (name): Promise<readonly [string, string][]> => {
      const ref = { apiVersion: 'v1', kind: 'Node', name };
      const node = await cluster.get(ref, { signal, timeoutMs: ASK_MS }).catch(() => undefined);
      signal.throwIfAborted();
      const trouble = node && troubleOf(node);
      return trouble === undefined ? [] : [[name, trouble]];
    }),
  );
  return new Map(troubles.flat());
}

function troubleOf(node: KubeObject): string | undefined {
  const ready = ((node.status ?? {}) as NodeStatus).conditions?.find(({ type }) => type === 'Ready');
  if (ready === undefined || ready.status === 'True') return undefined;
  const words = [ready.reason, ready.message].filter(Boolean).join(', ');
  return `node ${node.metadata.name} is not Ready${words === '' ? '' : ` (${words})`}`;
}

/** The agents' health with nothing known, in this span, of pods on nodes that are not Ready: their silence proves nothing. */
export function withoutNodes(
  agents: ReadonlyMap<string, AgentHealth>,
  unready: ReadonlyMap<string, string>,
  topology: Topology,
  span: Span,
): ReadonlyMap<string, AgentHealth> {
  const cut = [...topology.pods].flatMap(([pod, { node }]): readonly [string, AgentHealth][] => {
    const reason = unready.get(node);
    if (reason === undefined) return [];
    const { unknown = [], bound } = agents.get(pod) ?? {};
    return [[pod, { pod, bound, unknown: [...unknown, { ...span, reason }] }]];
  });
  return new Map([...agents, ...cut]);
}
