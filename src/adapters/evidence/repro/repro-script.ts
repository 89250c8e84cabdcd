import { cellName } from '../../../core/matrix/cell.ts';
import { fullName } from '../../../core/model/pod-name.ts';
import type { Change } from '../../../core/scenario/scenario.ts';
import { serviceManifest } from '../../../core/scenario/service-manifest.ts';
import type { StepCase } from '../../../ports/evidence.ts';
import type { Workloads } from '../../../ports/workloads.ts';
import { PRELUDE } from './prelude.ts';
import { canRepeat, reproCell } from './repro-cell.ts';
import { changeLines, sendLines } from './repro-change.ts';

/** So many of the cells that did not pass are dialled: a round has to be quick. */
const MOST_CELLS = 5;
/** Watched beyond the budget for so long at least, in ms: an exec takes its time. */
const HOLD_MS = 5_000;
/** How long the changes of an earlier step are given, in seconds. */
const BETWEEN_SECONDS = 3;

/**
 * A shell script of plain kubectl commands that repeats the step from nothing, in namespaces of its own, with the pods
 * on the nodes that they were on. Exit code: 1 it happened again, 0 it did not, 3 it could not find out. Undefined where
 * the cells are none that a pod dials by a pod's or Service's address.
 */
export function reproScript(found: StepCase, workloads: Workloads): string | undefined {
  const { scenario, planned, result, run } = found;
  const realOf = (name: string): string =>
    scenario.realNames === 'run-last' ? `${name}-repro-${run}` : `repro-${run}-${name}`;
  const namespaces = new Map(scenario.namespaces.map(({ name }) => [name, realOf(name)]));
  const real = (logical: string): string => namespaces.get(logical) ?? logical;
  const substitution = { ...found.substitution, namespaces };
  const failed = new Set(result.failures.map(({ cell }) => cell));
  const cells = planned.cells
    .filter(({ cell }) => failed.has(cellName(cell)) && canRepeat(cell, scenario))
    .slice(0, MOST_CELLS)
    .map((cell, index) => reproCell(cell, index, { real, budgetMs: planned.budgetMs }));
  if (cells.length === 0) return undefined;
  const seconds = Math.ceil((planned.budgetMs + Math.max(planned.holdMs, HOLD_MS)) / 1000);
  return [
    ...headLines(found),
    `NAMESPACES='${[...namespaces.values()].join(' ')}'`,
    PRELUDE,
    '',
    '# what an earlier go has left',
    'kubectl delete namespace --ignore-not-found --wait=true --timeout=120s $NAMESPACES || give_up "namespaces do not go"',
    ...titled(
      'namespaces',
      scenario.namespaces.flatMap(({ name, labels }) => namespaceLines(real(name), labels)),
    ),
    ...titled('pods and Services', [...podLines(found, workloads, real), ...serviceLines(found, real)]),
    ...titled('without a policy every cell is open', [
      ...cells.map(({ setHost }) => setHost),
      ...cells.map(({ mustBeOpen }) => mustBeOpen),
    ]),
    ...earlierSteps(found).flatMap(({ name, changes }) =>
      titled(`step "${name}"`, [
        ...changes.flatMap((change) => changeLines(change, substitution)),
        `sleep ${BETWEEN_SECONDS}`,
      ]),
    ),
    ...titled(`step "${planned.name}", the one that did not pass`, [
      'changed=$(date +%s)',
      ...planned.changes.flatMap((change) => changeLines(change, substitution)),
      'changed=$(date +%s)',
      `while [ $(($(date +%s) - changed)) -le "\${WATCH:-${seconds}}" ]; do`,
      ...cells.map(({ attempt }) => `  ${attempt}`),
      'done',
    ]),
    '',
    'if [ "$wrong" -gt 0 ]; then echo "It happened again: $wrong attempts are wrong."; exit 1; fi',
    '[ "$known" -gt 0 ] || give_up "no attempt says anything"',
    'echo "It did not happen again in $known attempts."',
    '',
  ].join('\n');
}

function headLines({ scenario, planned, result }: StepCase): readonly string[] {
  return [
    '#!/bin/sh',
    `# Repeats step "${oneLine(planned.name)}" of ${scenario.id} with kubectl alone, on the cluster of the current context.`,
    '# Makes namespaces of its own and removes them (KEEP=1 ./repro.sh leaves them).',
    '# Dials for some seconds after the change, or for WATCH seconds.',
    '# Exit code: 1 it happened again, 0 it did not, 3 it could not find out.',
    '#',
    ...result.failures
      .slice(0, MOST_CELLS)
      .map(({ cell, expected, observed }) => `# ${cell}: expected ${expected}, observed ${observed ?? 'nothing'}`),
    '',
  ];
}

function namespaceLines(name: string, labels: Readonly<Record<string, string>>): readonly string[] {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  return [...sendLines(object), `wait_for_account ${name}`];
}

function podLines(
  { scenario, pods }: StepCase,
  workloads: Workloads,
  real: (logical: string) => string,
): readonly string[] {
  const objects = scenario.pods.flatMap((pod) => {
    const nodeName = pods.get(fullName(pod))?.node;
    return workloads
      .podObjects(pod, { namespace: real(pod.namespace), labels: {} })
      .map((object) =>
        object.kind === 'Pod' && nodeName !== undefined
          ? { ...object, spec: { ...(object.spec as object), nodeName } }
          : object,
      );
  });
  const distinct = new Map(
    objects.map((object) => [`${object.kind} ${object.metadata.namespace} ${object.metadata.name}`, object]),
  );
  const inhabited = [...new Set(scenario.pods.map(({ namespace }) => real(namespace)))];
  return [
    ...[...distinct.values()].flatMap((object) => sendLines(object)),
    ...inhabited.map(
      (name) =>
        `kubectl -n ${name} wait --for=condition=Ready pod --all --timeout=120s || give_up "pods are not ready"`,
    ),
  ];
}

function serviceLines({ scenario, pods }: StepCase, real: (logical: string) => string): readonly string[] {
  const dualStack = [...pods.values()].some(({ ips }) => ips.length > 1);
  return scenario.services.flatMap((service) =>
    sendLines(serviceManifest(service, real(service.namespace), { dualStack })),
  );
}

/** The scenario's steps before the one that did not pass; all of them where it came after the last. */
function earlierSteps({
  scenario,
  planned,
}: StepCase): readonly { readonly name: string; readonly changes: readonly Change[] }[] {
  if (planned.awaited === true) return [];
  const index = scenario.steps.findIndex(({ name }) => name === planned.name);
  return index === -1 ? scenario.steps : scenario.steps.slice(0, index);
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return ['', `# ${oneLine(title)}`, ...lines];
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
