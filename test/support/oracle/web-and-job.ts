import type { Pod } from '../../../src/core/model/pod.ts';
import { splitName } from '../../../src/core/model/pod-name.ts';
import type { Connection } from '../../../src/core/oracle/connection.ts';
import { explain, type Positions } from '../../../src/core/oracle/explain.ts';
import type { Explanation } from '../../../src/core/oracle/explanation.ts';
import { compile, type OracleOptions } from '../../../src/core/oracle/oracle.ts';
import { namedPolicy } from './cluster.ts';
import { podOf } from './explained.ts';

/** A pod labelled with its name, with TCP port 80 named `http`, on node `n1`. */
export function labelled(full: string, ips: readonly string[], more: Partial<Pod> = {}): Pod {
  const ports = [{ name: 'http', port: 80, protocol: 'TCP' as const }];
  const { name } = splitName(full);
  return { ...podOf(full, { labels: { app: name }, ports, ips, node: 'n1' }), ...more };
}

/** The pods of these explanations. */
export const WEB = labelled('x/web', ['10.244.0.1']);
export const JOB = labelled('y/job', ['10.244.0.3']);

/** What is asked, where it is not whether `y/job` may reach `x/web` on port 80. */
export interface AskedOfThem extends Partial<Connection> {
  readonly options?: OracleOptions;
  readonly positions?: Positions;
}

/** The explanation of a connection under policies given as `NAMESPACE/NAME SPEC`. */
export function explained(
  policies: readonly string[],
  { options, positions, ...asked }: AskedOfThem = {},
): Explanation {
  const named = policies.map((text) => {
    const space = text.indexOf(' ');
    return namedPolicy(text.slice(0, space), text.slice(space + 1));
  });
  const namespaces = [
    { name: 'x', labels: {} },
    { name: 'y', labels: {} },
  ];
  const oracle = compile({ namespaces, pods: [WEB, JOB], services: [], policies: named }, options);
  return explain(oracle, { from: { pod: JOB }, to: { pod: WEB }, port: 80, protocol: 'TCP', ...asked }, positions);
}
