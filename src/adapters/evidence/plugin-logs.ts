import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Cluster, KubeObject } from '../../ports/cluster.ts';
import type { StepCase } from '../../ports/evidence.ts';
import { pluginAgent } from '../cni/detect-cni.ts';
import { type EvidencePart, piecesOf } from './evidence-part.ts';
import { nodesOf } from './nodes-of.ts';

/** From so long before the step its logs are read, in ms: what made the plugin slow may have begun earlier. */
const BEFORE_MS = 30_000;
/** The end of the log that is kept of each agent, in bytes. */
const LIMIT_BYTES = 1024 * 1024;

interface Selector {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

/** What the plugin's agents of both nodes logged around the step. */
export function pluginLogs(cluster: Cluster, now: () => number): EvidencePart {
  return {
    title: "logs of the plugin's agents",
    collect: async (found, signal) => {
      const agent = pluginAgent(await cluster.list({ apiVersion: 'apps/v1', kind: 'DaemonSet' }, { signal }));
      if (agent === undefined) {
        throw new ClusterError({ code: 'plugin-unknown', message: 'no DaemonSet of a known plugin runs here' });
      }
      const { namespace = '' } = agent.daemonSet.metadata;
      const labels = Object.entries((agent.daemonSet.spec as Selector).selector?.matchLabels ?? {});
      const labelSelector = labels.map(([key, value]) => `${key}=${value}`).join(',');
      const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, { signal });
      const sinceSeconds = (now() - beganMs(found) + BEFORE_MS) / 1000;
      const nodes = nodesOf(found);
      return piecesOf(
        pods
          .filter((pod) => nodes.includes(nodeOf(pod)))
          .map((pod) => ({
            file: `${nodeOf(pod)}/${agent.name}.log`,
            text: () =>
              cluster.logs(
                { namespace, name: pod.metadata.name, container: agent.container },
                { sinceSeconds, limitBytes: LIMIT_BYTES, signal },
              ),
          })),
      );
    },
  };
}

const nodeOf = ({ spec }: KubeObject): string => (spec as { readonly nodeName?: string }).nodeName ?? '';

/** When the step's first attempt was sent, on the run's clock. */
function beganMs({ record }: StepCase): number {
  const sent = record.series.flatMap(({ attempts }) => attempts.slice(0, 1).map(({ sentMs }) => sentMs));
  return Math.min(record.hold.fromMs, ...sent);
}
