import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Churn, RestartableNode } from '../core/scenario/churn.ts';
import type { ScenarioPod } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import type { Topology } from './scenario-topology.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

type Restart = Extract<Churn, { kind: 'restart-pods' }>;

/** A field of a step, and where it is. */
interface Field {
  readonly node: YamlNode;
  readonly path: JsonPath;
}

/** Reads a step's `restart-sandbox`: names of pods that are there and go on when they are restarted. */
export function readSandboxRestart(findings: Findings, field: Field, topology: Topology): Restart {
  const found = podsNamed(findings, field, topology);
  refuse(complainAt(findings, field), found, topology.outside);
  return { kind: 'restart-pods', pods: again(found) };
}

/** Reads a step's `restart-container`: names of agent pods that are there and go on when they are restarted. */
export function readContainerRestart(findings: Findings, field: Field, topology: Topology): Restart {
  const found = podsNamed(findings, field, topology);
  const complain = complainAt(findings, field);
  refuse(complain, found, undefined);
  const others = found.filter(({ image, pending }) => image !== 'agent' && !pending).map(fullName);
  if (others.length > 0)
    complain('agent pods, which end when they are told to', `${others.join(', ')} of another image`);
  return { kind: 'restart-pods', pods: again(found), inPlace: true };
}

function podsNamed(findings: Findings, { node, path }: Field, { pods }: Topology): readonly ScenarioPod[] {
  const known = pods.map(fullName);
  const named = (node.items ?? []).flatMap((item, index) => {
    const name = String(item.value);
    const pod = pods.find((each) => fullName(each) === name);
    if (pod !== undefined) return [pod];
    const expected = `a pod that is there (${known.join(', ')})`;
    const facts = { path: [...path, index], position: item.position, expected, found: `"${name}"` };
    report(findings, { code: 'scenario-unknown-name', ...facts, ...didYouMean(name, known) });
    return [];
  });
  return [...new Set(named)];
}

/** Reads a step's `restart-node`. Which pods go with it has to be known beforehand: every pod has to be pinned to a node. */
export function readNodeRestart(findings: Findings, { node, path }: Field, { pods, outside }: Topology): Restart {
  const number = node.value as RestartableNode;
  const complain = complainAt(findings, { node, path });
  const loose = pods.filter((pod) => pod.node === undefined && !pod.pending).map(fullName);
  if (loose.length > 0) complain('every pod pinned to a node (`node: 1` or `node: 2`)', `${loose.join(', ')} without`);
  const there = pods.filter((pod) => pod.node === number && !pod.pending);
  if (loose.length === 0 && there.length === 0) complain(`a pod with \`node: ${number}\``, 'none');
  const asking = pods.filter(({ probes }) => probes === 'wget').map(fullName);
  if (asking.length > 0) complain('no pods that look names up: DNS may be on that node', asking.join(', '));
  refuse(complain, there, outside);
  return { kind: 'restart-pods', pods: again(there), node: number };
}

type Complain = (expected: string, found: string) => void;

function complainAt(findings: Findings, { node, path }: Field): Complain {
  return (expected, found) =>
    report(findings, { code: 'scenario-churn', path, position: node.keyPosition, expected, found });
}

function refuse(complain: Complain, pods: readonly ScenarioPod[], outside: Topology['outside']): void {
  if (outside !== undefined)
    complain('no restart beside hosts outside, which have no way to the new addresses', 'some');
  const ending = pods.filter(({ ends, terminating }) => ends !== undefined || terminating === true).map(fullName);
  const pending = pods.filter(({ pending }) => pending).map(fullName);
  if (pending.length > 0) complain('pods that run', `${pending.join(', ')}, pending`);
  if (ending.length > 0) complain('pods that go on when they are restarted', `${ending.join(', ')} with an end`);
}

/** The same pods as others: each stands for itself from this change on. */
function again(pods: readonly ScenarioPod[]): readonly ScenarioPod[] {
  return pods.map((pod) => ({ ...pod }));
}
