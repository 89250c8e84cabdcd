import type { Clock } from '../../../ports/clock.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import { cniChoiceText } from '../../cni/cni-choice.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { builtKey } from '../../images/built-key.ts';
import { chooseImages } from '../../images/choose-images.ts';
import type { StateFolder } from '../../state-folder.ts';
import { nestedProgress } from '../nested-progress.ts';
import type { ClusterRecord } from './cluster-record.ts';
import { cniTarget } from './cni-target.ts';
import { createKindCluster } from './create-cluster.ts';
import { ensureKind } from './find-kind.ts';
import { installPlugin } from './install-plugin.ts';
import type { ConfigFile } from './kind-config-file.ts';
import type { KindPaths } from './kind-paths.ts';
import type { KindRequest } from './kind-request.ts';
import { loadImages } from './load-images.ts';
import { nodeContainers } from './node-containers.ts';
import { requireMemory } from './require-memory.ts';

/** Surroundings of making a kind cluster. */
export interface KindContext extends ProviderCall {
  readonly engine: ContainerEngine;
  readonly state: StateFolder;
  readonly paths: KindPaths;
  readonly clock: Clock;
}

/**
 * Makes a cluster: images, nodes, images on the nodes, network plugin. `makeRoom` is called once everything is there that
 * it takes, to remove a cluster that stands in its place: until then a mistake or a build that fails costs nobody their
 * cluster. Resolves with the record of the whole cluster. Rejects with `ClusterError`; nodes that came up remain then,
 * without a record.
 */
export async function makeCluster(
  request: KindRequest,
  config: ConfigFile,
  context: KindContext,
  makeRoom: () => Promise<void>,
): Promise<ClusterRecord> {
  const { engine, state, paths, progress, signal } = context;
  const { name, cni } = request;
  const total = cni.from === 'none' ? 3 : 4;
  const target = cniTarget(name, config);
  await requireMemory(engine, signal);

  progress.step('get the images', 1, total);
  const inImages = { ...context, progress: nestedProgress(progress, { title: 'images', index: 1, total }) };
  const kind = await ensureKind(state, context);
  const images = await chooseImages({ ...request, target, mode: request.images }, inImages);

  progress.step(`create the cluster ${name}`, 2, total);
  await makeRoom();
  await createKindCluster({ kind, engine, name, image: images.node, config: config.file, paths }, context);

  progress.step('load images into the nodes', 3, total);
  const containers = await nodeContainers(engine, name, signal);
  const nodes = containers.map((container) => container.name);
  await loadImages(images.load, { engine, nodes, folder: paths.folder, logFile: paths.log }, context);

  let shown = '';
  if (cni.from !== 'none') {
    progress.step(`install ${`${cni.plugin.name} ${images.cniVersion}`.trim()}`, 4, total);
    shown = await installPlugin(cni.plugin, { name, nodes, target, objects: images.cniObjects }, context);
  }
  progress.done();
  return {
    version: 1,
    containers: containers.map(({ id }) => id),
    nodes: config.nodes,
    ipFamily: config.ipFamily,
    configKey: config.key,
    ...(request.kubernetes !== undefined && { kubernetes: request.kubernetes }),
    cniChoice: cniChoiceText(cni),
    cni: { name: cni.from === 'none' ? 'none' : cni.plugin.name, version: images.cniVersion || shown },
    cniShown: shown,
    imageSource: images.from,
    imageKey: builtKey(images.provenance),
    images: [...images.provenance],
  };
}
