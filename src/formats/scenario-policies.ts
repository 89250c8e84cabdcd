import { stringify } from 'yaml';
import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { fullName } from '../core/model/pod-name.ts';
import { fillPlaceholders, placeholdersIn } from '../core/scenario/placeholders.ts';
import { hostName, type Scenario, type ScenarioManifest } from '../core/scenario/scenario.ts';
import { syntheticAddresses } from '../core/scenario/synthetic-addresses.ts';
import { type Findings, report } from './findings.ts';
import { type ManifestDocument, type ManifestFile, readManifest, readManifests } from './manifest.ts';
import { fileLinesOf, positionsOf } from './manifest-positions.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** Reads the manifests of an item of `apply` that stands in the scenario itself. */
export function inlineManifest(node: YamlNode): ManifestFile {
  return readManifest(node, stringify(node.value, { compat: 'yaml-1.1' }).trimEnd(), { placeholders: true });
}

/** Reads the manifests of a file beside the scenario. */
export function manifestsOf(text: string, file: string): ManifestFile {
  return readManifests(text, file, { placeholders: true });
}

/** What a policy of a scenario has to fit: its namespaces, and its pods for placeholders. */
export type PolicyHome = Pick<Scenario, 'namespaces' | 'pods' | 'outside'>;

/**
 * A policy in its logical namespace, as scenarios hold it. Reports a kind that is no NetworkPolicy, a namespace or a
 * placeholder's pod that the scenario does not have, and what the API server would refuse once placeholders are filled.
 */
export function policyOf(
  findings: Findings,
  document: ManifestDocument,
  home: PolicyHome,
): ScenarioManifest | undefined {
  const { kind, name, tree, position, text, node, policy } = document;
  const names = home.namespaces.map((namespace) => namespace.name);
  const namespace = document.namespace ?? names[0];
  if (policy === undefined || namespace === undefined) {
    const at = node.fields?.get('kind')?.position ?? position;
    const expected = 'a NetworkPolicy of networking.k8s.io/v1';
    report(findings, { code: 'scenario-policy-kind', path: ['kind'], position: at, expected, found: `"${kind}"` });
    return undefined;
  }
  if (!names.includes(namespace)) {
    const path = ['metadata', 'namespace'];
    const expected = `a namespace of the scenario (${names.join(', ')})`;
    const at = node.fields?.get('metadata')?.fields?.get('namespace')?.position ?? position;
    const found = `"${namespace}"`;
    report(findings, {
      code: 'scenario-unknown-name',
      path,
      position: at,
      expected,
      found,
      ...didYouMean(namespace, names),
    });
  }
  const before = findings.length;
  checkPlaceholders(findings, node, [], home);
  if (before === findings.length) findings.push(...problemsWhenFilled(node, home));
  const positions = positionsOf(node);
  return {
    kind,
    name,
    namespace,
    tree,
    position,
    text,
    policy: { ...policy, metadata: { ...policy.metadata, namespace } },
    positions,
    // Only reports ask for it, and it takes as long as all else that is read here.
    get fileLines() {
      return fileLinesOf(text, positions);
    },
  };
}

function checkPlaceholders(
  findings: Findings,
  node: YamlNode,
  path: JsonPath,
  { pods, outside = [] }: PolicyHome,
): void {
  const names = [...pods.map(fullName), ...outside.map(hostName)];
  const check = (each: YamlNode, at: JsonPath): void => {
    for (const [key, field] of each.fields ?? []) check(field, [...at, key]);
    for (const [index, item] of each.items?.entries() ?? []) check(item, [...at, index]);
    if (typeof each.value !== 'string') return;
    for (const { text, pod } of placeholdersIn(each.value)) {
      if (pod === undefined || names.includes(pod)) continue;
      const { position } = each;
      const expected = `a pod of the scenario (${names.join(', ')})`;
      const found = `"${pod}" in ${text}`;
      report(findings, {
        code: 'scenario-unknown-name',
        path: at,
        position,
        expected,
        found,
        ...didYouMean(pod, names),
      });
    }
  };
  check(node, path);
}

/** What the API server would say of the policy with its placeholders filled by addresses made up for it. */
function problemsWhenFilled(node: YamlNode, home: PolicyHome): Findings {
  const addresses = syntheticAddresses(home, ['IPv4']);
  const fill = (each: YamlNode): YamlNode => {
    const fields = each.fields && new Map([...each.fields].map(([key, field]) => [key, fill(field)]));
    const items = each.items?.map(fill);
    const value = typeof each.value === 'string' ? fillPlaceholders(each.value, addresses) : each.value;
    return { ...each, value, fields, items };
  };
  return readManifest(fill(node), '').problems;
}
