import { type AgentHealth, portKey, type Span, type StepRecord } from '../core/judge/record.ts';
import { type ReadyMarks, readyThroughout } from './readiness.ts';

/** Ports that answered in the open baseline, by pod, with the marks of the pods then. */
export interface ServedPorts {
  readonly ports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly marks: ReadyMarks;
}

/** What a baseline that was open shows of ports: `80/TCP` of each pod that answered there, directly or alone behind a Service. */
export function servedIn({ series, backends }: StepRecord, marks: ReadyMarks): ServedPorts {
  const ports = new Map<string, Set<string>>();
  for (const { planned, attempts } of series) {
    const { cell } = planned;
    if (!attempts.some(({ outcome }) => outcome === 'open')) continue;
    const behind = backends.get(portKey(cell)) ?? [];
    const end =
      cell.path === 'pod-ip' ? { pod: cell.to, port: cell.port } : behind.length === 1 ? behind[0] : undefined;
    if (end !== undefined) ports.set(end.pod, (ports.get(end.pod) ?? new Set()).add(`${end.port}/${cell.protocol}`));
  }
  return { ports, marks };
}

/**
 * The agents' health with that of pods that have none: what served in the baseline serves still, where the pod was ready
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
  const silent = [...served.ports].filter(([pod]) => ready.has(pod) && agents.get(pod)?.bound === undefined);
  const known = silent.map(([pod, ports]): readonly [string, AgentHealth] => {
    const bound = new Map([...ports].map((port) => [port, [span]]));
    return [pod, { pod, unknown: agents.get(pod)?.unknown ?? [], bound }];
  });
  return new Map([...agents, ...known]);
}
