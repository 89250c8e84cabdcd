import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import type { Connection, End } from '../../../src/core/oracle/connection.ts';
import { explain } from '../../../src/core/oracle/explain.ts';
import { explainText } from '../../../src/core/oracle/explain-text.ts';
import { compile } from '../../../src/core/oracle/oracle.ts';
import { policy } from './cluster.ts';

/** A pod by `namespace/name`, without ports and with no labels but those given. */
export function podOf(full: string, more: Partial<Pod> = {}): Pod {
  const [namespace = '', name = ''] = full.split('/');
  return { namespace, name, labels: {}, ports: [], ips: [], ...more };
}

/** A policy by `namespace/name` and its spec as YAML. */
export function policyOf(full: string, spec: string): NetworkPolicy {
  const [namespace = '', name = ''] = full.split('/');
  return { ...policy(namespace, spec), metadata: { namespace, name } };
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
