import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { ServedPort } from '../core/scenario/scenario.ts';
import type { Complain } from './scenario-ports.ts';

/** The first port that a program without privileges may take on a node (Linux: `ip_unprivileged_port_start`). */
const FIRST_PORT = 1_024;

/** Reports ports of a pod on its node's network that the agent may not take there. */
export function checkHostNetwork(path: JsonPath, ports: readonly ServedPort[], complain: Complain): void {
  for (const [index, { port }] of ports.entries()) {
    if (port >= FIRST_PORT) continue;
    complain([...path, 'ports', index], `a port from ${FIRST_PORT} on for a pod on its node's network`, String(port));
  }
}
