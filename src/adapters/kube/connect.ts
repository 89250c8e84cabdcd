import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import { type EndpointChoice, loadEndpoint } from './endpoint.ts';
import { createExec } from './exec.ts';
import { readInfo } from './info.ts';
import { createLogs } from './logs.ts';
import { createObjectVerbs } from './objects.ts';
import { createSend } from './requests.ts';
import { createResources } from './resources.ts';
import { createRun } from './run.ts';
import { createTransport } from './transport.ts';
import { createWaitForPods } from './wait-for-pods.ts';

/** How to reach a cluster, and how patiently. */
export interface ConnectOptions extends EndpointChoice {
  /** The run's clock: change times are read on it. */
  readonly clock: Clock;
  /** Recorded in `ClusterInfo.provider`: `kind`, `kubeconfig`, ... */
  readonly provider: string;
  /** While the API server is busy, failing or away, calls are repeated for this long, in milliseconds (default 40 s). */
  readonly retryMs?: number;
  /** An exec socket that answers no ping for one to two of these periods is given up, in milliseconds (default 10 s). */
  readonly keepAliveMs?: number;
}

/**
 * A `Cluster` over a kubeconfig. Contacts nobody yet: the first call does. Connections are kept alive, and do not keep
 * the process alive when idle. Rejects with `UsageError` for a kubeconfig that cannot be read or lacks the context.
 */
export async function connect(options: ConnectOptions): Promise<Cluster> {
  const { clock, provider, retryMs = 40_000, keepAliveMs = 10_000 } = options;
  const endpoint = await loadEndpoint(options);
  const send = createSend({ transport: createTransport(endpoint, clock), endpoint, clock, retryMs });
  const verbs = createObjectVerbs(send, createResources(send, clock));
  const exec = createExec(endpoint, keepAliveMs);
  const logs = createLogs(send);
  return {
    ...verbs,
    info: (call) => readInfo({ send, verbs, provider }, call),
    exec,
    logs,
    run: createRun(exec),
    waitForPods: createWaitForPods(verbs, logs, clock),
  };
}
