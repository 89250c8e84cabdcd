import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { RUN_LABEL } from './lane-names.ts';

/** How long namespaces may take to go before clean-up gives up waiting (their deletion goes on by itself), in ms. */
const NAMESPACE_TIMEOUT_MS = 60_000;
const LOOK_MS = 250;

/** What clean-up removed and what was still there when it stopped waiting. */
export interface CleanUp {
  readonly removed: readonly string[];
  readonly remaining: readonly string[];
}

/** Which runs' namespaces go: one run's, or with no `runId` every run's but those that are excepted. */
interface Which {
  readonly runId?: string;
  readonly except?: readonly string[];
}

/** Labels select what a run made. */
function runSelector({ runId, except = [] }: Which): string {
  if (runId !== undefined) return `${RUN_LABEL}=${runId}`;
  return except.length === 0 ? RUN_LABEL : `${RUN_LABEL},${RUN_LABEL} notin (${except.join(',')})`;
}

/**
 * Deletes namespaces with the run's label, and waits until they are gone when `wait` is set. Takes no abort signal:
 * after Ctrl-C it has to run to its end.
 */
export async function removeNamespaces(
  cluster: Cluster,
  clock: Clock,
  options: Which & { readonly names?: readonly string[]; readonly wait: boolean },
): Promise<CleanUp> {
  const query = { apiVersion: 'v1', kind: 'Namespace', labelSelector: runSelector(options) };
  const list = async (): Promise<string[]> => {
    const namespaces = await cluster.list(query, { timeoutMs: NAMESPACE_TIMEOUT_MS });
    return namespaces.map(({ metadata }) => metadata.name).filter((name) => options.names?.includes(name) ?? true);
  };
  const found = await list();
  await Promise.all(
    found.map((name) =>
      cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name }, { timeoutMs: NAMESPACE_TIMEOUT_MS }),
    ),
  );
  if (!options.wait) return { removed: found, remaining: [] };
  const deadlineMs = clock.now() + NAMESPACE_TIMEOUT_MS;
  let remaining = await list();
  while (remaining.length > 0 && clock.now() < deadlineMs) {
    await clock.sleep(LOOK_MS);
    remaining = await list();
  }
  return { removed: found.filter((name) => !remaining.includes(name)), remaining };
}
