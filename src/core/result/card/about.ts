import type { PolicyType } from '../../model/policy.ts';
import { isDecided } from '../../oracle/explain-text.ts';
import type { CellResult, ScenarioResult, StepResult } from '../result.ts';

/** A cell in its step and scenario. */
interface CellInPlace {
  readonly cell: CellResult;
  readonly step: StepResult;
  readonly scenario: ScenarioResult;
}

/** Whether a cell says something of a property: by how it was dialled, or by what its step changed. */
export type About = (place: CellInPlace) => boolean;

const protocol =
  (name: CellResult['protocol']): About =>
  ({ cell }) =>
    cell.protocol === name;

const path =
  (name: CellResult['path']): About =>
  ({ cell }) =>
    cell.path === name;

const change =
  (...kinds: readonly string[]): About =>
  ({ step }) =>
    step.changes.some(({ kind }) => kinds.includes(kind));

const restartOf =
  (part: string): About =>
  ({ step }) =>
    step.changes.some(
      ({ kind, object }) => ['restart', 'stop', 'start'].includes(kind) && object.startsWith(`plugin ${part}`),
    );

/** By the explanations; what says nothing of directions may be about both. */
const direction =
  (name: PolicyType): About =>
  ({ cell, step }) => {
    const lines = cell.explanation.map((index) => step.explanations[index] ?? '');
    return isDecided(name, lines, { denied: cell.expected !== 'open' }) ?? true;
  };

/**
 * Of properties that can be told from cells and steps: which cells say something of them. The others are known by the
 * tags of scenarios alone.
 */
export const ABOUT: Readonly<Record<string, About>> = {
  ingress: direction('Ingress'),
  egress: direction('Egress'),
  tcp: protocol('TCP'),
  udp: protocol('UDP'),
  sctp: protocol('SCTP'),
  ipv6: ({ cell }) => cell.family === 'IPv6',
  'dual-stack': ({ step }) => new Set(step.cells.map(({ family }) => family)).size > 1,
  services: path('cluster-ip'),
  dns: path('dns'),
  'node-port': path('node-port'),
  'host-port': path('host-port'),
  'host-network': ({ cell, scenario }) =>
    cell.path === 'node' || [cell.from, cell.to].some((pod) => scenario.host_network?.includes(pod)),
  'policy-create': change('create'),
  'policy-update': change('update'),
  'policy-delete': change('delete'),
  'relabel-pod': change('relabel-pod'),
  'relabel-namespace': change('relabel-namespace'),
  'agent-restart': restartOf('agent'),
  'controller-restart': restartOf('controller'),
  'node-restart': change('restart-node'),
  'sandbox-restart': change('restart-sandbox'),
  'pod-churn': change('create-pods', 'remove-pod'),
  'namespace-churn': change('remove-namespace'),
};
