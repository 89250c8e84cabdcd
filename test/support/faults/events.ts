import type { Disruption } from '../../../src/core/scenario/disruption.ts';
import type { PluginEvent } from './fault.ts';

/** What a plugin hears of when a change of its parts begins or ends. */
export function eventsAt(when: 'begin' | 'end', change: Disruption): readonly PluginEvent[] {
  const ofAgents = change.kind !== 'restart-plugin' || change.part === 'agent';
  if (!ofAgents) return when === 'begin' ? ['controller-restarted'] : [];
  if (when === 'begin') return change.kind === 'start-agent' ? [] : ['agents-stopped'];
  return change.kind === 'stop-agent' ? [] : ['agents-started'];
}
