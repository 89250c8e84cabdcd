import { ProbeError } from '../../core/diagnostics/errors.ts';
import type { Probe, ProbePod, ProbeSession } from '../../ports/prober.ts';
import type { PodLink } from './pod-link.ts';

function probesByPod(probes: readonly Probe[], links: ReadonlyMap<string, PodLink>): Map<string, Probe[]> {
  const groups = new Map<string, Probe[]>([...links.keys()].map((pod) => [pod, []]));
  for (const probe of probes) {
    const group = groups.get(probe.cell.from);
    if (group === undefined) {
      throw new ProbeError({
        code: 'pod-not-attached',
        message: `a probe is to start from pod ${probe.cell.from}, which is not attached`,
        pod: probe.cell.from,
      });
    }
    group.push(probe);
  }
  return groups;
}

/** Opens a link to every pod, all at once. When one fails, the others are closed and its error is thrown. */
export async function attachAll(
  pods: readonly ProbePod[],
  open: (pod: ProbePod) => Promise<PodLink>,
): Promise<ProbeSession> {
  const links = new Map<string, PodLink>();
  const closeAll = (): Promise<unknown> => Promise.all([...links.values()].map((link) => link.close()));
  const attach = async (more: readonly ProbePod[]): Promise<void> => {
    const settled = await Promise.allSettled(more.map(async (pod) => links.set(pod.name, await open(pod))));
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  try {
    await attach(pods);
  } catch (error) {
    await closeAll();
    throw error;
  }
  return {
    attach,
    detach: async (names) => {
      const leaving = names.flatMap((name) => links.get(name) ?? []);
      for (const name of names) links.delete(name);
      await Promise.all(leaving.map((link) => link.close()));
    },
    askHeartbeats: () => {
      for (const link of links.values()) link.askHeartbeat?.();
    },
    askHalfOpen: (names) => {
      for (const name of names) links.get(name)?.askHalfOpen?.();
    },
    recall: async (probes) => {
      const groups = [...Map.groupBy(probes, ({ cell }) => cell.from)];
      await Promise.all(groups.map(([pod, own]) => links.get(pod)?.recall?.(own)));
    },
    schedule: async (probes) => {
      const groups = probesByPod(probes, links);
      await Promise.all([...links].map(([pod, link]) => link.schedule(groups.get(pod) ?? [])));
    },
    [Symbol.asyncDispose]: async () => {
      await closeAll();
    },
  };
}
