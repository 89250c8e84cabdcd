import { disturbsAll } from './disruption.ts';
import type { Scenario } from './scenario.ts';

/** Whether a scenario touches what others on the cluster share: its plugin and nodes, or ports of its nodes. */
export function isExclusive({ pods, steps }: Pick<Scenario, 'pods' | 'steps'>): boolean {
  return (
    steps.some(({ changes }) => changes.some(disturbsAll)) ||
    pods.some(({ ports, hostNetwork }) => hostNetwork || ports.some(({ hostPort }) => hostPort !== undefined))
  );
}
