import { rm } from 'node:fs/promises';
import type { Clock } from '../../../ports/clock.ts';
import type { ClusterProvider, ProviderCall } from '../../../ports/cluster-provider.ts';
import { cniChoiceText } from '../../cni/cni-choice.ts';
import { ensureEngine } from '../../container-engine/ensure-engine.ts';
import { findEngine } from '../../container-engine/find-engine.ts';
import { wantedKey } from '../../images/choose-images.ts';
import type { StateFolder } from '../../state-folder.ts';
import { withLock } from './cluster-lock.ts';
import { readRecord, removeRecord, writeRecord } from './cluster-record.ts';
import { cniTarget } from './cni-target.ts';
import { type ConfigFile, configFile } from './kind-config-file.ts';
import { type KindPaths, kindPaths } from './kind-paths.ts';
import type { KindRequest } from './kind-request.ts';
import { type KindContext, makeCluster } from './make-cluster.ts';
import { removeNodeContainers } from './node-containers.ts';
import { lookForCluster, readyCluster, type Standing } from './standing-cluster.ts';

/**
 * A cluster whose nodes run gets this long to show that it is healthy: a machine may be busy, a run may be restarting the
 * plugin's agents, an engine may just have brought the nodes back. A new cluster takes longer, and ends what runs on this one.
 */
const patienceMs = 90_000;
/** A question for the status is answered at once. */
const statusPatienceMs = 0;

/** Makes, reuses and removes one kind cluster, in netproof's own container engine where there is no other. */
export function kindProvider(
  request: KindRequest,
  { state, clock }: { readonly state: StateFolder; readonly clock: Clock },
): ClusterProvider {
  const paths = kindPaths(state, request.name);
  return {
    ensure: async (call) => {
      const engine = await ensureEngine({ ...call, state });
      const context = { ...call, engine, state, paths, clock };
      const config = await configFile(request, paths);
      call.progress.step(`look for the cluster ${request.name}`);
      const standing = await look(request, config, context);
      call.progress.done();
      if (standing.kind === 'usable') return standing.cluster;
      return await withLock(paths.lock, { ...call, clock }, () => replace(request, config, context));
    },
    remove: (call) => withLock(paths.lock, { ...call, clock }, () => remove(request.name, paths, state, call)),
    status: async ({ signal }) => {
      const found = await findEngine(state);
      if (!found.found) return { state: 'absent', reason: 'no container engine answers' };
      const lookup = { engine: found.engine, name: request.name, paths, clock, signal, patienceMs: statusPatienceMs };
      const standing = await lookForCluster(lookup);
      if (standing.kind === 'usable') return { state: 'up', cluster: standing.cluster, info: standing.info };
      if (standing.kind === 'absent') return { state: 'absent', reason: `there is no kind cluster "${request.name}"` };
      return { state: 'broken', reason: `the cluster "${request.name}" ${standing.reason}` };
    },
  };
}

function look(request: KindRequest, config: ConfigFile, context: KindContext): Promise<Standing> {
  const { cni, images, kubernetes } = request;
  return lookForCluster(
    {
      ...context,
      name: request.name,
      patienceMs,
      onWait: (reason) => context.progress.detail(`waiting: the cluster ${reason}`),
    },
    {
      parts: {
        nodes: config.nodes,
        ipFamily: config.ipFamily,
        configKey: config.key,
        cniChoice: cniChoiceText(cni),
        ...(kubernetes !== undefined && { kubernetes }),
        ...(images !== 'auto' && { imageSource: images }),
      },
      imageKey: ({ imageSource }) =>
        wantedKey({ ...request, target: cniTarget(request.name, config), mode: images, from: imageSource }, context),
    },
  );
}

/** Looks again, now that nobody else is at work, removes what does not fit, and makes a new cluster. */
async function replace(request: KindRequest, config: ConfigFile, context: KindContext) {
  const { engine, paths, progress, signal } = context;
  const { name } = request;
  const standing = await look(request, config, context);
  if (standing.kind === 'usable') return standing.cluster;
  if (standing.kind === 'unfit') progress.note(`the cluster ${name} ${standing.reason}: making a new one in its place`);
  const record = await makeCluster(request, config, context, async () => {
    await removeRecord(paths.record);
    if (standing.kind === 'unfit') await removeNodeContainers(engine, name, signal);
  });
  await writeRecord(paths.record, record);
  return { ...readyCluster(name, paths, record), reused: false };
}

/** Without an engine no node runs; those that a stopped engine keeps are not taken for a cluster without the record. */
async function remove(name: string, paths: KindPaths, state: StateFolder, { signal }: ProviderCall): Promise<boolean> {
  const known = (await readRecord(paths.record)) !== undefined;
  await removeRecord(paths.record);
  const found = await findEngine(state);
  const removed = found.found ? await removeNodeContainers(found.engine, name, signal) : 0;
  await Promise.all([paths.kubeconfig, paths.config].map((file) => rm(file, { force: true })));
  return known || removed > 0;
}
