import type { z } from 'zod';
import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { describe, type Findings, report } from './findings.ts';
import { didYouMean } from './suggestion.ts';
import { nodeAt, type YamlNode } from './yaml-node.ts';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/**
 * Words for what was expected, where the schema gives none of its own; for a field that is not known, the names of
 * those that are. To be given to `safeParse` as `error`.
 */
export function expectedWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => `"${String(value)}"`).join(' or ');
    case 'unrecognized_keys': {
      const shape = (issue.inst as z.ZodObject | undefined)?.shape ?? {};
      return Object.keys(shape).join(', ');
    }
    default:
      return undefined;
  }
}

/** Turns what the schema found wrong into problems with positions. `root` is the node that was validated. */
export function reportIssues(findings: Findings, issues: readonly Issue[], root: YamlNode): void {
  for (const issue of issues.flatMap(told)) {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys') unknownFields(findings, issue, path, root);
    else if (issue.code === 'invalid_key') badKey(findings, issue, path, root);
    else badValue(findings, issue, path, root);
  }
}

/** Of the forms that a value may have, only what is wrong with the one that it evidently has, where there is one. */
function told(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isOtherForm = ({ code, path }: Issue) =>
    path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const forms = issue.errors.filter((form) => !form.some(isOtherForm));
  const known = forms.filter(
    (form) => !form.some(({ code, path }) => path.length === 0 && code === 'unrecognized_keys'),
  );
  const [meant, ...others] = forms.length > 1 ? known : forms;
  if (meant === undefined || others.length > 0) return [issue];
  return meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function unknownFields(
  findings: Findings,
  { keys, message }: Extract<Issue, { code: 'unrecognized_keys' }>,
  path: JsonPath,
  root: YamlNode,
): void {
  const known = message.split(', ');
  const parent = nodeAt(root, path) ?? root;
  for (const key of keys) {
    report(findings, {
      code: 'scenario-unknown-field',
      path,
      position: parent.fields?.get(key)?.keyPosition ?? parent.position,
      expected: `one of the fields ${message}`,
      found: `"${key}"`,
      ...didYouMean(key, known),
    });
  }
}

function badKey(
  findings: Findings,
  { issues, message }: Extract<Issue, { code: 'invalid_key' }>,
  path: JsonPath,
  root: YamlNode,
): void {
  report(findings, {
    code: 'scenario-value',
    path: path.slice(0, -1),
    position: (nodeAt(root, path) ?? root).keyPosition,
    expected: issues[0]?.message ?? message,
    found: `"${path.at(-1)}"`,
  });
}

function badValue(findings: Findings, issue: Issue, path: JsonPath, root: YamlNode): void {
  const node = nodeAt(root, path);
  if (node === undefined) {
    const parent = nodeAt(root, path.slice(0, -1)) ?? root;
    const expected = `"${path.at(-1)}" (${issue.message})`;
    const { position } = parent;
    report(findings, { code: 'scenario-missing', path: path.slice(0, -1), position, expected, found: 'none' });
    return;
  }
  const scalar = typeof node.value === 'number' || typeof node.value === 'boolean';
  const hint = issue.message === KINDS.string && scalar ? 'put it in quotes' : undefined;
  report(findings, {
    code: issue.code === 'invalid_type' ? 'scenario-type' : 'scenario-value',
    path,
    position: node.position,
    expected: issue.message,
    found: describe(node.value),
    ...(hint === undefined ? {} : { hint }),
  });
}
