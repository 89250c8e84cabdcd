import { z } from 'zod';
import type { TextRule } from '../core/model/api-syntax.ts';

/** A text that keeps a rule of the Kubernetes API; `form` is the rule as a regular expression, for editors. */
export function ruled(rule: TextRule, form?: RegExp) {
  const text = form === undefined ? z.string() : z.string().meta({ pattern: form.source });
  return text.superRefine((value, context) => {
    const expected = rule(value);
    if (expected !== undefined) context.addIssue({ code: 'custom', message: expected });
  });
}

/** The full name of a pod, in a list of pods that something is done to. */
export const fullPodName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/, { error: 'a pod (namespace/name)' });

/** How many of something there are; gone before a scenario is read. */
export const count = z
  .union([z.int(), z.record(z.string(), z.int())])
  .meta({ description: 'How many: `3`, or `{m: 3}` to count with another letter than `n`.' });

/** A placeholder for what a row of a table of cases says; gone before a scenario is read. */
export const CASE_VALUE = /^\$\{case:[\w.-]+\}$/;
