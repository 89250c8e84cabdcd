import { allOrNone } from '../../core/diagnostics/all-or-none.ts';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { DisruptionNeed } from '../../core/scenario/disruption.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallOptions, Cluster } from '../../ports/cluster.ts';
import type { CniInfo } from '../../ports/cluster-provider.ts';
import type { Machinery } from '../../ports/machinery.ts';
import { pluginNamed } from '../cni/plugins.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import { API_SERVER, ApiServerCut, workersOf } from './api-server.ts';
import { killOnNode, notContainers, stopSandbox } from './node-containers.ts';
import { type PartPods, type PluginPod, partOf, pluginPods } from './plugin-pods.ts';
import { restartNode } from './restart-node.ts';
import { restartPlugin } from './restart-plugin.ts';
import { restoreAgents, startAgents, stopAgents } from './stopped-agents.ts';

/** What the machinery of a cluster is reached by. */
export interface MachineryParts {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly cni: CniInfo;
  /** Whether more than what carries our label may be changed: the cluster is ours, or its owner allows it. */
  readonly mayDisrupt: boolean;
  /** Looks for the engine that may run the nodes. */
  readonly findEngine: () => Promise<FoundEngine>;
}

/** The machinery of a real cluster: its plugin by the description that netproof has of it, its nodes by the engine. */
export function clusterMachinery(parts: MachineryParts): Machinery {
  const { cluster, clock, cni } = parts;
  const plugin = pluginNamed(cni.name);
  const found = once(parts.findEngine);

  const required = <T>(value: T | undefined, what: string): T => {
    if (value !== undefined) return value;
    throw new ClusterError({ code: 'machinery-unknown', message: `${what} of plugin ${cni.name} is not known` });
  };
  const daemonSet = () => {
    const { namespace, daemonSet: name } = required(plugin?.agent, 'the agent');
    return { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name };
  };
  const engine = async () => {
    const answer = await found();
    if (answer.found) return answer.engine;
    throw new ClusterError({ code: 'engine-missing', message: `no container engine answers: ${answer.reason ?? ''}` });
  };
  const ending = (how: 'delete' | 'kill', part: PartPods, options: CallOptions) => async (pod: PluginPod) => {
    const { namespace } = part;
    if (how === 'kill') return killOnNode(await engine(), pod.node, part, options);
    return cluster.delete({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod.name }, options);
  };

  const apiServer = new ApiServerCut({ cluster, clock, engine });

  return {
    lacks: async (need) => {
      if (!parts.mayDisrupt) return 'the cluster is not ours, and --allow-disruption is not given';
      return missingFor(need);
    },
    change: async (disruption, nodes, options) => {
      switch (disruption.kind) {
        case 'restart-plugin': {
          const part = required(plugin && partOf(plugin, disruption.part), `the ${disruption.part}`);
          const end = ending(disruption.how, part, options);
          return restartPlugin({ cluster, clock, part, nodes, end }, options);
        }
        case 'stop-agent':
          return stopAgents(parts, daemonSet(), required(plugin, 'the agent').agent.labelSelector, options);
        case 'start-agent':
          return startAgents(parts, daemonSet(), options);
        case 'restart-api-server': {
          const end = ending('kill', API_SERVER, options);
          return restartPlugin({ cluster, clock, part: API_SERVER, nodes: undefined, end }, options);
        }
        case 'cut-api-server':
          return apiServer.cut(options);
        case 'join-api-server':
          return apiServer.join();
      }
    },
    restart: async (what, { signal } = {}) => {
      if (what.kind === 'sandbox') return stopSandbox(await engine(), what.node, what.pod);
      return restartNode(
        { cluster, clock, engine: await engine(), agent: plugin?.agent },
        what.node,
        signal && { signal },
      );
    },
    restore: async (options = {}) => (await allOrNone([apiServer.restore(), restoreAgents(parts, options)])).flat(),
  };

  async function missingFor(need: DisruptionNeed): Promise<string | undefined> {
    if (need === 'agent-restart') return plugin === undefined ? `the agent of ${cni.name} is not known` : undefined;
    if (need === 'controller-restart') return plugin?.controller ? undefined : `${cni.name} has no known controller`;
    const answer = await found();
    if (!answer.found) return 'no container engine answers on this machine';
    const info = await cluster.info();
    if (need === 'api-server-cut' && workersOf(info).length === 0) return 'every node carries the API server';
    if (need === 'api-server-restart' && (await pluginPods(cluster, API_SERVER, undefined, {})).length === 0) {
      return 'the API server is no pod of the cluster';
    }
    return notContainers(answer.engine, info, {});
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
