import type { KubeObject } from '../../../ports/cluster.ts';
import type { CniPlugin, CniTarget } from '../../cni/cni-plugin.ts';
import { recogniseCni } from '../../cni/detect-cni.ts';
import { installCni } from '../../cni/install-cni.ts';
import { connect } from '../../kube/connect.ts';
import type { KindContext } from './make-cluster.ts';
import { ensureCniPrograms } from './node-cni-programs.ts';

/** The new cluster, and what of the plugin is to be applied to it. */
export interface PluginInstallation {
  readonly name: string;
  /** Names of the node containers. */
  readonly nodes: readonly string[];
  readonly target: CniTarget;
  /** As its makers publish them, or as they were built here. */
  readonly objects: readonly KubeObject[];
}

/** Installs a plugin on nodes that have its images; resolves with the version that its agent's image shows. */
export async function installPlugin(
  plugin: CniPlugin,
  { name, nodes, target, objects }: PluginInstallation,
  context: KindContext,
): Promise<string> {
  const { clock, paths, signal } = context;
  await ensureCniPrograms(plugin.kind.cniPrograms ?? [], { ...context, nodes }, context);
  const cluster = await connect({ kubeconfig: paths.kubeconfig, context: `kind-${name}`, provider: 'kind', clock });
  await installCni(cluster, { plugin, objects: plugin.prepare(objects, target), clock }, context);
  return recogniseCni(await cluster.list({ apiVersion: 'apps/v1', kind: 'DaemonSet' }, { signal })).version;
}
