import type { Disruption } from '../../../src/core/scenario/disruption.ts';
import type { PluginEvent } from './fault.ts';

/** What a plugin hears of when a change of its parts begins or ends. */
export function eventsAt(when: 'begin' | 'end', change: Disruption): readonly PluginEvent[] {
  if (change.kind === 'restart-api-server') return when === 'begin' ? ['api-server-restarted'] : [];
  if (change.kind === 'cut-api-server') return when === 'begin' ? ['cut-off'] : [];
  if (change.kind === 'join-api-server') return when === 'end' ? ['joined'] : [];
  const ofAgents = change.kind !== 'restart-plugin' || change.part === 'agent';
  if (!ofAgents) return when === 'begin' ? ['controller-restarted'] : [];
  if (when === 'begin') return change.kind === 'start-agent' ? [] : ['agents-stopped'];
  return change.kind === 'stop-agent' ? [] : ['agents-started'];
}
