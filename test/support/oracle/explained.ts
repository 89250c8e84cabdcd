import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../src/core/model/pod.ts';
import { splitName } from '../../../src/core/model/pod-name.ts';
import type { Connection, End } from '../../../src/core/oracle/connection.ts';
import { explain } from '../../../src/core/oracle/explain.ts';
import { explainText } from '../../../src/core/oracle/explain-text.ts';
import { compile } from '../../../src/core/oracle/oracle.ts';

/** A pod by `namespace/name`, without ports and with no labels but those given. */
export function podOf(full: string, more: Partial<Pod> = {}): Pod {
  return { ...splitName(full), labels: {}, ports: [], ips: [], ...more };
}

/** The lines of an explanation, without their indents. */
export function explained(state: ClusterState, connection: Connection): readonly string[] {
  const text = explainText(explain(compile(state), connection));
  return text.split('\n').map((line) => line.trim());
}

/** A connection to port 80/TCP, unless something else is said. */
export function dial(from: End, to: End, more: Partial<Connection> = {}): Connection {
  return { from, to, port: 80, protocol: 'TCP', ...more };
}
