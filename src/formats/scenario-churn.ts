import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { dnsLabel } from '../core/model/api-syntax.ts';
import { fullName, splitName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import type { ScenarioNamespace, ScenarioPod, ScenarioService } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import { expectedWords, reportIssues } from './scenario-issues.ts';
import { podOf } from './scenario-pod.ts';
import type { Complain } from './scenario-ports.ts';
import { namespaceSchema } from './scenario-schema-namespace.ts';
import { podSchema } from './scenario-schema-pod.ts';
import { serviceOf } from './scenario-service.ts';
import type { Topology } from './scenario-topology.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** What there is when a change is made; `names` are all namespaces that the scenario ever has. */
export interface ChurnHome {
  readonly now: Topology;
  readonly names: readonly string[];
  /** Pods that ended and were not removed. */
  readonly ended: ReadonlySet<string>;
  /** Pods that ended, were removed or restarted: the addresses that they had are free. */
  readonly gone: ReadonlySet<string>;
  /** Removed without a word to them, lately. */
  readonly killed: ReadonlySet<string>;
}

type Create = Extract<Churn, { kind: 'create' }>;

/** Reads a step's `create`: pods by `namespace/name`, namespaces that were removed by name. */
export function readCreate(
  findings: Findings,
  field: YamlNode,
  path: JsonPath,
  { now, names, ended, gone: left, killed }: ChurnHome,
): Create {
  const made: {
    readonly namespaces: ScenarioNamespace[];
    readonly pods: ScenarioPod[];
    readonly services: ScenarioService[];
  } = { namespaces: [], pods: [], services: [] };
  const entries = [...(field.fields ?? [])];
  if (now.outside !== undefined) {
    const expected = 'no pods created beside hosts outside, which have no way to them';
    report(findings, { code: 'scenario-churn', path, position: field.keyPosition, expected, found: 'some' });
  }
  for (const [name, node] of entries.filter(([key]) => !key.includes('/'))) {
    const at = [...path, name];
    const gone = names.filter((each) => !now.namespaces.some((namespace) => namespace.name === each));
    if (!gone.includes(name)) {
      const expected = `a namespace that was removed (${gone.join(', ') || 'there is none'}), or a pod (namespace/name)`;
      report(findings, { code: 'scenario-churn', path: at, position: node.keyPosition, expected, found: `"${name}"` });
    }
    const parsed = namespaceSchema.safeParse(node.value, { error: expectedWords });
    if (!parsed.success) {
      reportIssues(findings, parsed.error.issues, node);
      continue;
    }
    const complain = complainAt(findings, node);
    const { labels, pods, services } = parsed.data;
    made.namespaces.push({ name, labels });
    for (const [pod, form] of Object.entries(pods)) {
      made.pods.push(podIn({ namespace: name, name: pod, path: [...at, 'pods', pod] }, form, complain));
    }
    for (const [service, form] of Object.entries(services)) {
      const place = { namespace: name, name: service, path: [...at, 'services', service] };
      made.services.push(serviceOf(place, form, made.pods, complain));
    }
  }
  const namespaces = [...now.namespaces, ...made.namespaces].map(({ name }) => name);
  for (const [full, node] of entries.filter(([key]) => key.includes('/'))) {
    const at = [...path, full];
    const { namespace, name } = splitName(full);
    const wrong = (expected: string, hint: { readonly hint?: string } = {}): void =>
      report(findings, {
        code: 'scenario-churn',
        path: at,
        position: node.keyPosition,
        expected,
        found: `"${full}"`,
        ...hint,
      });
    if (!namespaces.includes(namespace))
      wrong(`a namespace that is there (${namespaces.join(', ')})`, didYouMean(namespace, namespaces));
    const rule = dnsLabel(name);
    if (rule !== undefined) wrong(rule);
    if (ended.has(full) || [...now.pods, ...made.pods].some((pod) => fullName(pod) === full))
      wrong('a pod that is not there, or was removed');
    const parsed = podSchema.safeParse(node.value, { error: expectedWords });
    if (parsed.success) made.pods.push(podIn({ namespace, name, path: at }, parsed.data, complainAt(findings, node)));
    else reportIssues(findings, parsed.error.issues, node);
  }
  for (const pod of made.pods) {
    const { takesAddressOf: former, dialledAhead = false } = pod;
    const place = { path: [...path, fullName(pod)], position: (field.fields?.get(fullName(pod)) ?? field).keyPosition };
    const complain = (expected: string, found: string, hint: { readonly hint?: string } = {}): void =>
      report(findings, { code: 'scenario-churn', ...place, expected, found, ...hint });
    if (dialledAhead && former === undefined) {
      complain('an address that is known before (`takesAddressOf`) of a pod that is dialled ahead', 'none');
    }
    if (dialledAhead && former !== undefined && killed.has(former)) {
      complain(
        'the address of a pod that surely is gone, for one that is dialled ahead',
        `${former}, removed with grace 0`,
      );
    }
    if (former === undefined || left.has(former)) continue;
    const expected = `a pod that ended, was removed or restarted (${[...left].join(', ') || 'there is none'})`;
    complain(expected, `"${former}"`, didYouMean(former, [...left]));
  }
  return { kind: 'create', ...made };
}

function podIn(place: Parameters<typeof podOf>[0], form: Parameters<typeof podOf>[1], complain: Complain): ScenarioPod {
  const { node } = form;
  if (node !== undefined && typeof node !== 'number') {
    complain([...place.path, 'node'], '1 or 2 for a pod that is created', 'another pod');
    return podOf(place, form, undefined, complain);
  }
  return podOf(place, form, node, complain);
}

function complainAt(findings: Findings, { keyPosition }: YamlNode): Complain {
  return (path, expected, found, hint) =>
    report(findings, {
      code: 'scenario-topology',
      path,
      position: keyPosition,
      expected,
      found,
      ...(hint ? { hint } : {}),
    });
}

/** Reads one name of a step's `remove`; undefined for what is not there. */
export function readRemove(
  findings: Findings,
  name: string,
  { node, path }: { readonly node: YamlNode; readonly path: JsonPath },
  { now, ended }: ChurnHome,
): Churn | undefined {
  const pods = [...now.pods.map(fullName), ...ended];
  const namespaces = now.namespaces.map((namespace) => namespace.name);
  if (namespaces.includes(name)) return { kind: 'remove-namespace', namespace: name };
  const pod = now.pods.find((each) => fullName(each) === name);
  if (pod === undefined && !ended.has(name)) {
    const expected = `a pod or namespace that is there (${[...namespaces, ...pods].join(', ')})`;
    const facts = { code: 'scenario-unknown-name', path, position: node.keyPosition, expected, found: `"${name}"` };
    report(findings, { ...facts, ...didYouMean(name, [...namespaces, ...pods]) });
    return undefined;
  }
  const grace = node.fields?.get('grace')?.value;
  const ending = pod?.terminating === true;
  const graceSeconds = typeof grace === 'number' ? grace : ending ? 0 : undefined;
  const lingers = pod?.lingersSeconds !== undefined && graceSeconds === undefined;
  return { kind: 'remove-pod', pod: name, lingers, ...(graceSeconds !== undefined && { graceSeconds }) };
}

/** Reads one name of a step's `end`; undefined for what cannot be ended. */
export function readEnd(
  findings: Findings,
  { node, path }: { readonly node: YamlNode; readonly path: JsonPath },
  { now }: ChurnHome,
): Churn | undefined {
  const name = String(node.value);
  const ending = now.pods.flatMap((pod) => (pod.ends === undefined ? [] : [{ pod: fullName(pod), how: pod.ends }]));
  const found = ending.find(({ pod }) => pod === name);
  if (found !== undefined) return { kind: 'end-pod', ...found };
  const names = ending.map(({ pod }) => pod);
  const expected = `a pod that is there and ends (${names.join(', ') || 'there is none'})`;
  const facts = { code: 'scenario-unknown-name', path, position: node.position, expected, found: `"${name}"` };
  report(findings, { ...facts, ...didYouMean(name, names) });
  return undefined;
}
