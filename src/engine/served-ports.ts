import { type AgentHealth, portKey, type Span, type StepRecord } from '../core/judge/record.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { ScenarioPod } from '../core/scenario/scenario.ts';
import { type ReadyMarks, readyThroughout } from './readiness.ts';

/** Ports that answered in the open baseline, by pod, with the marks of the pods then. */
export interface ServedPorts {
  readonly ports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly marks: ReadyMarks;
}

/** Ports that no agent tells of, `x/a 80/TCP`: those of pods without one, and of containers beside the one that has it. */
export function silentPorts(pods: readonly ScenarioPod[]): ReadonlySet<string> {
  return new Set(
    pods.flatMap((pod) => {
      const ports = pod.probes === 'agent' ? (pod.containers ?? []).flatMap((container) => container.ports) : pod.ports;
      return ports.map(({ port, protocol }) => `${fullName(pod)} ${port}/${protocol}`);
    }),
  );
}

/**
 * What a baseline that was open shows of the ports that no agent tells of: those that answered there, directly or of a pod that is alone
 * behind a Service.
 */
export function servedIn(
  { series, backends }: StepRecord,
  marks: ReadyMarks,
  silent: ReadonlySet<string>,
): ServedPorts {
  const ports = new Map<string, Set<string>>();
  for (const { planned, attempts } of series) {
    const { cell } = planned;
    if (!attempts.some(({ outcome }) => outcome === 'open')) continue;
    const behind = backends.get(portKey(cell)) ?? [];
    const end =
      cell.path === 'pod-ip' ? { pod: cell.to, port: cell.port } : behind.length === 1 ? behind[0] : undefined;
    if (end === undefined) continue;
    const port = `${end.port}/${cell.protocol}`;
    if (silent.has(`${end.pod} ${port}`)) ports.set(end.pod, (ports.get(end.pod) ?? new Set()).add(port));
  }
  return { ports, marks };
}

/**
 * The agents' health with the ports that none tells of: what served in the baseline serves still, where the pod was ready
 * all the time since and was not restarted.
 */
export function withServed(
  agents: ReadonlyMap<string, AgentHealth>,
  served: ServedPorts | undefined,
  marks: ReadyMarks,
  span: Span,
): ReadonlyMap<string, AgentHealth> {
  if (served === undefined) return agents;
  const ready = readyThroughout(served.marks, marks);
  const still = [...served.ports].filter(([pod]) => ready.has(pod));
  const known = still.map(([pod, ports]): readonly [string, AgentHealth] => {
    const { unknown = [], bound = [] } = agents.get(pod) ?? {};
    return [pod, { pod, unknown, bound: new Map([...bound, ...[...ports].map((port) => [port, [span]] as const)]) }];
  });
  return new Map([...agents, ...known]);
}
