import { readFile } from 'node:fs/promises';
import type { Clock } from '../../../ports/clock.ts';
import type { ReadyCluster } from '../../../ports/cluster-provider.ts';
import { parseCniChoice } from '../../cni/cni-choice.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { connect } from '../../kube/connect.ts';
import { awaitHealth, type Health } from '../health.ts';
import type { ClusterRecord } from './cluster-record.ts';
import { readRecord } from './cluster-record.ts';
import type { KindPaths } from './kind-paths.ts';
import { nodeContainers } from './node-containers.ts';
import { nodeStarts } from './node-starts.ts';
import { decideReuse, type Reuse, type WantedCluster } from './reuse.ts';

/** Where and how to look for a cluster. */
export interface Lookup {
  readonly engine: ContainerEngine;
  readonly name: string;
  readonly paths: KindPaths;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long a cluster that should be healthy may take to show it, in milliseconds. */
  readonly patienceMs: number;
  /** Told what is waited for. */
  readonly onWait?: (reason: string) => void;
}

/** What was found, and whether its API server agrees. */
export type Standing =
  | Exclude<Reuse, { readonly kind: 'fits' }>
  | { readonly kind: 'usable'; readonly cluster: ReadyCluster; readonly info: (Health & { healthy: true })['info'] };

const answerMs = 5_000;

/** What the cluster must be made of. */
export interface Wanted {
  readonly parts: WantedCluster;
  /** Key that the images built here must have now. */
  readonly imageKey: (record: ClusterRecord) => Promise<string>;
}

/**
 * Looks for the cluster and asks it for its health.
 * @param wanted absent: whatever it was made of
 */
export async function lookForCluster(lookup: Lookup, wanted?: Wanted): Promise<Standing> {
  const { engine, name, paths, signal } = lookup;
  const [containers, record] = await Promise.all([nodeContainers(engine, name, signal), readRecord(paths.record)]);
  const reuse = decideReuse(wanted?.parts, record, containers);
  if (reuse.kind !== 'fits') return reuse;
  const [imageKey, health] = await Promise.all([
    wanted?.imageKey(reuse.record),
    healthOf(reuse.record, await nodeStarts(engine, containers, signal), lookup),
  ]);
  if (imageKey !== undefined && imageKey !== reuse.record.imageKey) {
    return { kind: 'unfit', reason: 'has images of an earlier recipe' };
  }
  if (!health.healthy) return { kind: 'unfit', reason: health.reason };
  return { kind: 'usable', cluster: { ...readyCluster(name, paths, reuse.record), reused: true }, info: health.info };
}

/** A whole cluster as its record describes it. */
export function readyCluster(
  name: string,
  paths: KindPaths,
  { cni, images }: ClusterRecord,
): Omit<ReadyCluster, 'reused'> {
  return { provider: 'kind', kubeconfig: paths.kubeconfig, context: `kind-${name}`, cni, images };
}

async function healthOf(
  record: ClusterRecord,
  starts: ReadonlyMap<string, number>,
  { name, paths, ...wait }: Lookup,
): Promise<Health> {
  const kubeconfig = await readFile(paths.kubeconfig).catch(() => undefined);
  if (kubeconfig === undefined) return { healthy: false, reason: 'has lost its kubeconfig', lasting: true };
  const cluster = await connect({
    kubeconfig: paths.kubeconfig,
    context: `kind-${name}`,
    provider: 'kind',
    clock: wait.clock,
    retryMs: 0,
  });
  const choice = parseCniChoice(record.cniChoice);
  return awaitHealth(
    cluster,
    {
      nodes: record.nodes,
      plugin: choice.from === 'none' ? undefined : choice.plugin,
      cniVersion: record.cniShown,
      starts,
      timeoutMs: answerMs,
    },
    wait,
  );
}
