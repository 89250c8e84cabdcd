import { connect } from '../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { removeNamespaces } from '../../../src/engine/cleanup.ts';
import { RUN_LABEL } from '../../../src/engine/lane-names.ts';
import type { ReadyCluster } from '../../../src/ports/cluster-provider.ts';
import type { ApiCall } from './api-proxy.ts';

/** The id of the run that made these calls, if it came as far as to make a namespace. */
export function runIdIn(calls: readonly ApiCall[]): string | undefined {
  return calls.map(({ path }) => /\/namespaces\/np-([a-z0-9]+)-/.exec(path)?.[1]).find((id) => id !== undefined);
}

/** Namespaces on the cluster that carry the run's label, those under deletion too. */
export async function namespacesOf(ready: ReadyCluster, runId: string): Promise<readonly string[]> {
  const cluster = await connect({ ...ready, clock: systemClock });
  const namespaces = await cluster.list({
    apiVersion: 'v1',
    kind: 'Namespace',
    labelSelector: `${RUN_LABEL}=${runId}`,
  });
  return namespaces.map(({ metadata }) => metadata.name);
}

/** Removes what a run left, if a test failed and left something. */
export async function removeLeftovers(ready: ReadyCluster, runId: string | undefined): Promise<void> {
  if (runId === undefined) return;
  await removeNamespaces(await connect({ ...ready, clock: systemClock }), systemClock, { runId, wait: false });
}
