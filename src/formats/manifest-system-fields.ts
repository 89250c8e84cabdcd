import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { finalizerName, type TextRule, timestamp } from '../core/model/api-syntax.ts';
import { type Findings, report } from './findings.ts';
import { type Fields, fieldsOf, integerOf, listOf, textOf } from './manifest-fields.ts';
import type { YamlNode } from './yaml-node.ts';

const TEXTS: Readonly<Record<string, TextRule | undefined>> = {
  generateName: undefined,
  selfLink: undefined,
  uid: undefined,
  resourceVersion: undefined,
  creationTimestamp: timestamp,
  deletionTimestamp: timestamp,
};
const INTEGERS = ['generation', 'deletionGracePeriodSeconds'];
const OWNER = ['apiVersion', 'kind', 'name', 'uid'];

/** Fields of `metadata` that the server or controllers fill in, and that a manifest may repeat. */
export const SYSTEM_FIELDS: readonly string[] = [
  ...Object.keys(TEXTS),
  ...INTEGERS,
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** Checks those fields of `metadata` as the API server does. */
export function checkSystemFields(findings: Findings, metadata: Fields, path: JsonPath): void {
  for (const [field, rule] of Object.entries(TEXTS)) textOf(findings, metadata.get(field), [...path, field], rule);
  for (const field of INTEGERS) integerOf(findings, metadata.get(field), [...path, field]);
  listOf(findings, metadata.get('finalizers'), [...path, 'finalizers'], (item, at) =>
    textOf(findings, item, at, finalizerName),
  );
  listOf(findings, metadata.get('ownerReferences'), [...path, 'ownerReferences'], (item, at) =>
    checkOwner(findings, item, at),
  );
  listOf(findings, metadata.get('managedFields'), [...path, 'managedFields'], (item, at) =>
    fieldsOf(findings, item, at, 'an entry of managedFields'),
  );
}

function checkOwner(findings: Findings, node: YamlNode, path: JsonPath): void {
  const known = [...OWNER, 'controller', 'blockOwnerDeletion'];
  const fields = fieldsOf(findings, node, path, 'an owner reference', known);
  if (fields === undefined) return;
  for (const field of OWNER) {
    const text = textOf(findings, fields.get(field), [...path, field]);
    if (fields.has(field) && text !== '') continue;
    const { position } = node;
    report(findings, { code: 'manifest-missing', path, position, expected: `"${field}"`, found: 'none' });
  }
}
