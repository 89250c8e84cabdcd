import type { LiveScenario } from './run-step.ts';

/** Ends the probing from pods that are to go, so that nobody takes their silence for trouble, and notes where they were. */
export async function detach(
  pods: readonly string[],
  { session, observation, topology, left }: LiveScenario,
): Promise<void> {
  await session.detach(pods);
  for (const pod of pods) {
    observation.forget(pod);
    const placed = topology.pods.get(pod);
    if (placed !== undefined) left.set(pod, placed);
    topology.pods.delete(pod);
  }
}
