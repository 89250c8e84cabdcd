import type { Problem } from '../core/diagnostics/errors.ts';
import { formatPath, type JsonPath } from '../core/diagnostics/json-path.ts';
import type { Position } from '../core/diagnostics/position.ts';
import type { Json } from '../core/scenario/scenario.ts';
import type { YamlNode } from './yaml-node.ts';

/** Where a reader of a file collects the mistakes that it finds. */
export type Findings = Problem[];

/** A mistake: what was expected and what stands there. */
interface Mismatch {
  readonly code: string;
  readonly path: JsonPath;
  readonly position: Position;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
}

/** Adds the mistake `PATH: expected …, found …`. */
export function report(findings: Findings, mismatch: Mismatch): void {
  const { code, path, position, expected, found, hint } = mismatch;
  const place = path.length === 0 ? '' : `${formatPath(path)}: `;
  findings.push({ code, message: `${place}expected ${expected}, found ${found}`, position, ...(hint && { hint }) });
}

/** Names a value for a message: short ones themselves, others by their kind. */
export function describe(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = JSON.stringify(value);
  if (text.length > 80) return `${text.slice(0, 77)}...`;
  return typeof value === 'string' ? text : `the ${typeof value} ${text}`;
}

/** Reports a value of the wrong kind. */
export function wrongKind(findings: Findings, node: YamlNode, path: JsonPath, expected: string, hint?: string): void {
  const { value, position } = node;
  report(findings, { code: 'manifest-type', path, position, expected, found: describe(value), ...(hint && { hint }) });
}
