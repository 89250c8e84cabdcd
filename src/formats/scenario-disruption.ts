import { fullName } from '../core/model/pod-name.ts';
import type { Disruption, RestartHow } from '../core/scenario/disruption.ts';
import type { Topology } from './scenario-topology.ts';
import type { YamlNode } from './yaml-node.ts';

/** Says that a name is none of the known ones. */
type Unknown = (node: YamlNode, name: string, known: readonly string[]) => void;

/** A step's field that changes the machinery; undefined for every other field, and for a pod that is not there. */
export function disruptionOf(
  key: string,
  field: YamlNode,
  { pods }: Topology,
  unknown: Unknown,
): Disruption | undefined {
  switch (key) {
    case 'stop-agent':
    case 'start-agent':
    case 'restart-api-server':
    case 'cut-api-server':
    case 'join-api-server':
      return { kind: key };
  }
  if (key === 'restart-controller') {
    return { kind: 'restart-plugin', part: 'controller', how: field.value as RestartHow };
  }
  if (key !== 'restart-agent') return undefined;
  const how = (field.fields?.get('how') ?? field).value as RestartHow;
  const of = field.fields?.get('of');
  if (of === undefined) return { kind: 'restart-plugin', part: 'agent', how };
  const names = pods.filter(({ pending }) => !pending).map(fullName);
  const name = String(of.value);
  if (names.includes(name)) return { kind: 'restart-plugin', part: 'agent', how, of: name };
  unknown(of, name, names);
  return undefined;
}
