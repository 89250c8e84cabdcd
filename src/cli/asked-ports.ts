import { UsageError } from '../core/diagnostics/errors.ts';
import type { ClusterState } from '../core/model/cluster-state.ts';
import type { AskedPort } from '../core/oracle/reachability.ts';

/** Reads `80`, `53/UDP`. Throws `UsageError` for anything else. */
export function parsePort(text: string): AskedPort {
  const [, number = '', protocol = 'TCP'] = /^([0-9]{1,5})(?:\/(TCP|UDP|SCTP))?$/i.exec(text) ?? [];
  const port = Number(number);
  const known = (['TCP', 'UDP', 'SCTP'] as const).find((each) => each === protocol.toUpperCase());
  if (number !== '' && port >= 1 && port <= 65535 && known !== undefined) return { port, protocol: known };
  const message = `expected a port such as 80 or 53/UDP, found "${text}"`;
  throw new UsageError({ code: 'port-invalid', message });
}

/** Collects the values of an option that may be repeated, or hold several with commas between. */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(',')];
}

/** The ports to ask for: those given, or all that pods declare, or 80/TCP where none declares any. */
export function askedPorts(given: readonly string[], states: readonly ClusterState[]): readonly AskedPort[] {
  if (given.length > 0) return given.map(parsePort);
  const declared = states.flatMap(({ pods }) => pods.flatMap(({ ports }) => ports));
  const all = new Map(declared.map(({ port, protocol }) => [`${port}/${protocol}`, { port, protocol }]));
  const ports = [...all.values()].toSorted((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
  return ports.length > 0 ? ports : [{ port: 80, protocol: 'TCP' }];
}
