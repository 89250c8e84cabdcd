import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';

/** The engine that answers. Rejects with `ClusterError` `engine-missing` when none does. */
export async function requireEngine(findEngine: () => Promise<FoundEngine>): Promise<ContainerEngine> {
  const found = await findEngine();
  if (found.found) return found.engine;
  throw new ClusterError({
    code: 'engine-missing',
    message: `no container engine answers: ${found.reason ?? 'there is no docker client'}`,
    hint: 'see "netproof doctor"',
  });
}
