import { UsageError } from '../core/diagnostics/errors.ts';
import type { Oracle } from '../core/oracle/oracle.ts';
import { tellingPorts } from '../core/oracle/policy-ports.ts';
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

/** The ports to ask for: those given, or all that the states tell apart. */
export function askedPorts(given: readonly string[], oracles: readonly Oracle[]): readonly AskedPort[] {
  return given.length > 0 ? given.map(parsePort) : tellingPorts(oracles);
}

/** The default of `--port`, in words. */
export const DEFAULT_PORTS = 'those of pods and policies, and one that stands for all others';
