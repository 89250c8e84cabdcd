import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { storedCidr, strictCidr, type TextRule, withoutLeadingZeros } from '../core/model/api-syntax.ts';
import { cidrContains, parseCidr } from '../core/model/cidr.ts';
import type { EgressRule, IngressRule, IpBlock, NetworkPolicy, Peer, PolicyPort } from '../core/model/policy.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, listOf, oneOf, portNumberOf, portOf, textOf } from './manifest-fields.ts';
import { readSelector } from './manifest-selector.ts';
import type { YamlNode } from './yaml-node.ts';

const TYPES = ['Ingress', 'Egress'] as const;
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** How strictly a policy is read. */
export interface PolicyReading {
  /**
   * The policy comes from a cluster, which may hold what older API servers took: CIDRs with bits beyond the prefix or
   * leading zeros, values of labels that are none.
   */
  readonly stored?: boolean;
  /** CIDRs may hold `${…}`, filled in later: such ones are not checked now. */
  readonly placeholders?: boolean;
}

/**
 * Reads a policy's `spec` with the checks of the API server (pkg/apis/networking/validation): what it refuses is
 * reported. Nothing is defaulted here, so that absent and empty stay apart.
 */
export function readPolicySpec(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  reading: PolicyReading = {},
): NetworkPolicy['spec'] {
  const known = ['podSelector', 'policyTypes', 'ingress', 'egress'];
  const fields = fieldsOf(findings, node, path, 'a NetworkPolicy spec', known);
  if (fields === undefined) return {};
  const podSelector = readSelector(findings, fields.get('podSelector'), [...path, 'podSelector'], reading);
  const policyTypes = readPolicyTypes(findings, fields.get('policyTypes'), [...path, 'policyTypes']);
  const ingress = listOf(findings, fields.get('ingress'), [...path, 'ingress'], (item, at) =>
    readRule(findings, item, at, reading, 'from'),
  );
  const egress = listOf(findings, fields.get('egress'), [...path, 'egress'], (item, at) =>
    readRule(findings, item, at, reading, 'to'),
  );
  return {
    ...(podSelector && { podSelector }),
    ...(policyTypes && { policyTypes }),
    ...(ingress && { ingress: ingress as readonly IngressRule[] }),
    ...(egress && { egress: egress as readonly EgressRule[] }),
  };
}

function readPolicyTypes(findings: Findings, node: YamlNode | undefined, path: JsonPath) {
  const types = listOf(findings, node, path, (item, at) => oneOf(findings, item, at, TYPES));
  const count = node?.items?.length ?? 0;
  if (node !== undefined && count > TYPES.length) {
    const expected = 'at most two policy types';
    report(findings, { code: 'manifest-value', path, position: node.position, expected, found: String(count) });
  }
  return types;
}

function readRule(
  findings: Findings,
  node: YamlNode,
  path: JsonPath,
  reading: PolicyReading,
  peersField: 'from' | 'to',
): IngressRule | EgressRule | undefined {
  const what = peersField === 'from' ? 'an ingress rule' : 'an egress rule';
  const fields = fieldsOf(findings, node, path, what, [peersField, 'ports']);
  if (fields === undefined) return undefined;
  const peers = listOf(findings, fields.get(peersField), [...path, peersField], (item, at) =>
    readPeer(findings, item, at, reading),
  );
  const ports = listOf(findings, fields.get('ports'), [...path, 'ports'], (item, at) => readPort(findings, item, at));
  return { ...(peers && { [peersField]: peers }), ...(ports && { ports }) };
}

function readPeer(findings: Findings, node: YamlNode, path: JsonPath, reading: PolicyReading): Peer | undefined {
  const known = ['podSelector', 'namespaceSelector', 'ipBlock'];
  const fields = fieldsOf(findings, node, path, 'a peer', known);
  if (fields === undefined) return undefined;
  const podSelector = readSelector(findings, fields.get('podSelector'), [...path, 'podSelector'], reading);
  const namespaceSelector = readSelector(
    findings,
    fields.get('namespaceSelector'),
    [...path, 'namespaceSelector'],
    reading,
  );
  const ipBlock = readIpBlock(findings, fields.get('ipBlock'), [...path, 'ipBlock'], reading);
  const selectors = known.slice(0, 2).filter((field) => fields.has(field));
  const refuse = (code: string, expected: string, found: string, hint?: string) =>
    void report(findings, { code, path, position: node.position, expected, found, ...(hint && { hint }) });
  if (fields.has('ipBlock') && selectors.length > 0) {
    return refuse(
      'manifest-peer',
      'ipBlock alone in a peer',
      `it beside ${selectors.join(' and ')}`,
      'write two peers',
    );
  }
  if (!known.some((field) => fields.has(field))) {
    const hint = 'every source or destination: leave the list out, or write namespaceSelector: {} for all pods';
    return refuse('manifest-peer', `one of ${known.join(', ')}`, 'none', hint);
  }
  return {
    ...(podSelector && { podSelector }),
    ...(namespaceSelector && { namespaceSelector }),
    ...(ipBlock && { ipBlock }),
  };
}

function readIpBlock(
  findings: Findings,
  node: YamlNode | undefined,
  path: JsonPath,
  reading: PolicyReading,
): IpBlock | undefined {
  const fields = fieldsOf(findings, node, path, 'an ipBlock', ['cidr', 'except']);
  if (node === undefined || fields === undefined) return undefined;
  const rule = cidrRule(reading);
  const plain = (text: string | undefined) => (reading.stored ? text && withoutLeadingZeros(text) : text);
  const cidr = plain(textOf(findings, fields.get('cidr'), [...path, 'cidr'], rule));
  const outer = parseCidr(cidr ?? '');
  if (!fields.has('cidr')) {
    report(findings, { code: 'manifest-missing', path, position: node.position, expected: '"cidr"', found: 'none' });
  }
  const except = listOf(findings, fields.get('except'), [...path, 'except'], (item, at) => {
    const text = plain(textOf(findings, item, at, rule));
    const inner = parseCidr(text ?? '');
    if (outer && inner && !(cidrContains(outer, inner.base) && inner.prefix > outer.prefix)) {
      const expected = `a part of ${cidr}, smaller than it`;
      report(findings, { code: 'manifest-value', path: at, position: item.position, expected, found: `${text}` });
    }
    return text;
  });
  return cidr === undefined ? undefined : { cidr, ...(except && { except }) };
}

function cidrRule(reading: PolicyReading): TextRule {
  const rule = reading.stored ? storedCidr : strictCidr;
  return reading.placeholders ? (text) => (text.includes('${') ? undefined : rule(text)) : rule;
}

function readPort(findings: Findings, node: YamlNode, path: JsonPath): PolicyPort | undefined {
  const fields = fieldsOf(findings, node, path, 'a port', ['protocol', 'port', 'endPort']);
  if (fields === undefined) return undefined;
  const protocol = oneOf(findings, fields.get('protocol'), [...path, 'protocol'], PROTOCOLS);
  const portNode = fields.get('port');
  const port = portOf(findings, portNode, [...path, 'port']);
  const endNode = fields.get('endPort');
  const endPort = portNumberOf(findings, endNode, [...path, 'endPort']);
  if (endNode !== undefined && typeof portNode?.value !== 'number') {
    const found = portNode === undefined ? 'none' : 'a name';
    const expected = 'a number in "port" beside "endPort"';
    report(findings, { code: 'manifest-port', path, position: endNode.position, expected, found });
  } else if (endNode !== undefined && typeof port === 'number' && endPort !== undefined && endPort < port) {
    const expected = `at least the value of "port", ${port}`;
    const at = [...path, 'endPort'];
    report(findings, { code: 'manifest-port', path: at, position: endNode.position, expected, found: String(endPort) });
  }
  return { ...(protocol && { protocol }), ...(port !== undefined && { port }), ...(endPort && { endPort }) };
}
