import { Command } from 'commander';
import { loadScenarios } from '../../adapters/files/load-scenarios.ts';
import { formatPosition } from '../../core/diagnostics/position.ts';
import { describeChurn, isChurn } from '../../core/scenario/churn.ts';
import { describeDisruption } from '../../core/scenario/disruption.ts';
import { plan } from '../../core/scenario/plan.ts';
import type { PlannedStep } from '../../core/scenario/planned-step.ts';
import type { Change, Scenario, ScenarioManifest } from '../../core/scenario/scenario.ts';
import { formatMatrix, type PrintOptions } from '../../reporters/matrix.ts';
import { outputOn } from '../../reporters/output.ts';
import { paint } from '../../reporters/symbols.ts';
import { toStdout } from '../oracle-options.ts';
import { sayNote } from '../say-note.ts';

/** `netproof show`: a scenario with its pods, steps, policies and what must hold after each step. */
export function showCommand(
  write: (text: string) => void = toStdout,
  output: PrintOptions = outputOn(process.stdout),
): Command {
  return new Command('show')
    .description('show a scenario: its pods, steps, policies and expected matrices; needs no cluster')
    .argument('<scenario...>', 'scenario files, folders, globs or ids')
    .action((names: readonly string[]) => {
      const texts = loadScenarios(names, { note: sayNote }).map((scenario) => scenarioText(scenario, output));
      write(`${texts.join('\n\n')}\n`);
    });
}

function scenarioText(scenario: Scenario, output: PrintOptions): string {
  const { id, title, why, origin, tags, notes } = scenario;
  return [
    `${paint('bold', id, output.colour)}: ${title}`,
    why,
    ...(origin === undefined ? [] : [`origin: ${origin}`]),
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(', ')}`]),
    ...notes.map((note) => `note: ${note}`),
    '',
    ...scenario.namespaces.flatMap((namespace) => namespaceLines(scenario, namespace)),
    ...plan(scenario).flatMap((step, index) => ['', ...stepLines(step, index, output)]),
  ].join('\n');
}

function namespaceLines(scenario: Scenario, { name, labels }: Scenario['namespaces'][number]): readonly string[] {
  const pods = scenario.pods.filter(({ namespace }) => namespace === name);
  const services = scenario.services.filter(({ namespace }) => namespace === name);
  const rows = [
    ...pods.map((pod) => [
      'pod',
      pod.name,
      pod.pending ? 'pending' : pod.image,
      portsText(pod.ports),
      labelsText(pod.labels),
    ]),
    ...services.map((service) => ['service', service.name, '', portsText(service.ports), labelsText(service.selector)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `namespace ${name}${Object.keys(labels).length === 0 ? '' : `  ${labelsText(labels)}`}`,
    ...rows.map((row) => `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()),
  ];
}

function portsText(ports: readonly { readonly port: number; readonly protocol: string }[]): string {
  return ports.map(({ port, protocol }) => (protocol === 'TCP' ? String(port) : `${port}/${protocol}`)).join(' ');
}

function labelsText(labels: Readonly<Record<string, string | null>>): string {
  const texts = Object.entries(labels).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`));
  return texts.join(' ');
}

function stepLines({ name, changes, cells }: PlannedStep, index: number, output: PrintOptions): readonly string[] {
  return [
    paint('bold', `step ${index + 1}: ${name}`, output.colour),
    ...changes.flatMap(changeLines),
    formatMatrix({ cells: cells.map(({ cell, expected }) => ({ cell, expected })) }, output),
  ];
}

function changeLines(change: Change): readonly string[] {
  switch (change.kind) {
    case 'apply':
      return policyLines(change.manifest);
    case 'delete':
      return [`delete NetworkPolicy ${change.policy.namespace}/${change.policy.name}`];
    case 'label-pod':
      return [`label pod ${change.pod}: ${labelsText(change.labels)}`];
    case 'label-namespace':
      return [`label namespace ${change.namespace}: ${labelsText(change.labels)}`];
    default:
      return [isChurn(change) ? describeChurn(change) : describeDisruption(change)];
  }
}

function policyLines({ kind, namespace, name, position, text }: ScenarioManifest): readonly string[] {
  const head = `apply ${kind} ${namespace}/${name} (${formatPosition(position)})`;
  return [head, ...text.split('\n').map((line) => `  | ${line}`.trimEnd())];
}
