import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import { populationAfter } from '../core/scenario/population.ts';
import type { Change, ScenarioManifest } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import type { ManifestFile } from './manifest.ts';
import { readCreate, readEnd, readRemove } from './scenario-churn.ts';
import { departures } from './scenario-departures.ts';
import { disruptionOf } from './scenario-disruption.ts';
import { inlineManifest, manifestsOf, policyOf } from './scenario-policies.ts';
import { readContainerRestart, readNodeRestart, readSandboxRestart } from './scenario-restart.ts';
import type { Topology } from './scenario-topology.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** The text of a file, by its path; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** Reads the changes of a scenario's steps, in order; keeps account of the policies in force. */
export interface ChangeReader {
  /** The changes of a step, in the order in which its text has them. Mistakes go to the findings. */
  changesOf(step: YamlNode, path: JsonPath): readonly Change[];
  /** What was left out of manifests, for people. */
  readonly notes: ReadonlySet<string>;
}

/** Makes a reader. `folder` is that of the scenario file, with its final slash. */
export function changeReader(findings: Findings, atFirst: Topology, readText: ReadText, folder: string): ChangeReader {
  const notes = new Set<string>();
  const files = new Map<string, readonly ScenarioManifest[]>();
  const inForce = new Map<string, ScenarioManifest>();
  const names = atFirst.namespaces.map(({ name }) => name);
  let topology = atFirst;
  const departed = departures();
  const home = () => ({ now: topology, names, ...departed });
  const made = (change: Churn): Churn => {
    departed.add(change, topology);
    topology = topologyAfter(topology, change);
    if (change.kind !== 'remove-namespace') return change;
    for (const [full, { namespace }] of inForce) if (namespace === change.namespace) inForce.delete(full);
    return change;
  };
  const remove = (name: string, node: YamlNode, path: JsonPath): readonly Change[] => {
    const change = readRemove(findings, name, { node, path }, home());
    return change === undefined ? [] : [made(change)];
  };
  const end = (node: YamlNode, path: JsonPath): readonly Change[] => {
    const change = readEnd(findings, { node, path }, home());
    return change === undefined ? [] : [made(change)];
  };
  const unknown = (node: YamlNode, path: JsonPath, what: string, name: string, known: readonly string[]): void => {
    const expected = `${what} (${known.join(', ') || 'there is none'})`;
    const hint = didYouMean(name, [...known, ...known.map((each) => each.slice(each.indexOf('/') + 1))]);
    const facts = { code: 'scenario-unknown-name', path, position: node.keyPosition, expected, found: `"${name}"` };
    report(findings, { ...facts, ...hint });
  };

  const policiesOf = ({ documents, notes: left, problems }: ManifestFile): readonly ScenarioManifest[] => {
    findings.push(...problems);
    for (const note of left) notes.add(note);
    return documents.map((document) => policyOf(findings, document, topology)).filter((each) => each !== undefined);
  };

  const fromFile = (node: YamlNode, path: JsonPath, name: string): readonly ScenarioManifest[] => {
    const file = joinPath(folder, name);
    const known = files.get(file);
    if (known !== undefined) return known;
    const text = readText(file);
    if (text === undefined) {
      const expected = 'the name of a file beside the scenario';
      const found = `"${name}", and there is no ${file}`;
      report(findings, { code: 'scenario-file', path, position: node.position, expected, found });
    }
    const policies = text === undefined ? [] : policiesOf(manifestsOf(text, file));
    files.set(file, policies);
    return policies;
  };

  const apply = (item: YamlNode, path: JsonPath): readonly Change[] => {
    const { value } = item;
    const policies = typeof value === 'string' ? fromFile(item, path, value) : policiesOf(inlineManifest(item));
    return policies.map((manifest) => {
      inForce.set(fullName(manifest), manifest);
      return { kind: 'apply', manifest };
    });
  };

  const removePolicy = (item: YamlNode, path: JsonPath): readonly Change[] => {
    const name = String(item.value);
    const meant = [...inForce].filter(([full, manifest]) => full === name || manifest.name === name);
    const [first] = meant;
    if (first === undefined) {
      unknown(item, path, 'a policy in force', name, [...inForce.keys()]);
      return [];
    }
    if (meant.length > 1) {
      const expected = `one policy: ${meant.map(([full]) => full).join(' or ')}`;
      report(findings, {
        code: 'scenario-unknown-name',
        path,
        position: item.keyPosition,
        expected,
        found: `"${name}"`,
      });
      return [];
    }
    inForce.delete(first[0]);
    return [{ kind: 'delete', policy: { namespace: first[1].namespace, name: first[1].name } }];
  };

  const label = (name: string, field: YamlNode, path: JsonPath): readonly Change[] => {
    const labels = field.value as Readonly<Record<string, string | null>>;
    const pods = topology.pods.map(fullName);
    const namespaces = topology.namespaces.map((namespace) => namespace.name);
    if (pods.includes(name)) return [{ kind: 'label-pod', pod: name, labels }];
    if (namespaces.includes(name)) return [{ kind: 'label-namespace', namespace: name, labels }];
    unknown(field, path, 'a pod (namespace/name) or a namespace', name, [...pods, ...namespaces]);
    return [];
  };

  const read = (kind: string, field: YamlNode, path: JsonPath): readonly Change[] => {
    const items = [...(field.items?.entries() ?? [])];
    if (kind === 'apply') return items.flatMap(([index, item]) => apply(item, [...path, index]));
    if (kind === 'delete') return items.flatMap(([index, item]) => removePolicy(item, [...path, index]));
    if (kind === 'create') return [made(readCreate(findings, field, path, home()))];
    if (kind === 'end') return items.flatMap(([index, item]) => end(item, [...path, index]));
    if (kind === 'restart-sandbox') return [made(readSandboxRestart(findings, { node: field, path }, topology))];
    if (kind === 'restart-container') return [made(readContainerRestart(findings, { node: field, path }, topology))];
    if (kind === 'restart-node') return [made(readNodeRestart(findings, { node: field, path }, topology))];
    if (kind === 'remove') {
      const named = [...(field.fields ?? [])].flatMap(([name, each]) => remove(name, each, [...path, name]));
      return [...named, ...items.flatMap(([index, item]) => remove(String(item.value), item, [...path, index]))];
    }
    const disruption = disruptionOf(kind, field, topology, (node, name, known) =>
      unknown(node, path, 'a pod (namespace/name)', name, known),
    );
    if (disruption !== undefined) return [disruption];
    if (kind !== 'label') return [];
    return [...(field.fields ?? [])].flatMap(([name, each]) => label(name, each, [...path, name]));
  };

  const changesOf = (step: YamlNode, path: JsonPath): readonly Change[] =>
    [...(step.fields ?? [])].flatMap(([key, field]) => {
      if (key !== 'changes') return read(key, field, [...path, key]);
      return (field.items ?? []).flatMap((item, index) => changesOf(item, [...path, key, index]));
    });

  return {
    changesOf,
    notes,
  };
}

/** What there is after a change of it. */
function topologyAfter(topology: Topology, change: Churn): Topology {
  const { namespaces } = topology;
  const after = { ...topology, ...populationAfter(topology, change) };
  if (change.kind === 'create') return { ...after, namespaces: [...namespaces, ...change.namespaces] };
  if (change.kind !== 'remove-namespace') return after;
  return { ...after, namespaces: namespaces.filter(({ name }) => name !== change.namespace) };
}

/** The folder of a file, with its final slash. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** The path of a file named from a folder (with its final slash), `./` and `../` taken away. */
export function joinPath(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${name}`.split('/')) {
    if (part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
