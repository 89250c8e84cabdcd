import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { parseDuration } from '../core/scenario/duration.ts';
import type { Step } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import type { ChangeReader } from './scenario-changes.ts';
import { checkCut } from './scenario-cut.ts';
import { readExpectation } from './scenario-expectation.ts';
import { notPermutable, permutedSteps } from './scenario-permuted.ts';
import type { PlainStepForm, StepForm } from './scenario-schema-step.ts';
import { conflicting } from './scenario-together.ts';
import { nodeAt, type YamlNode } from './yaml-node.ts';

/** What steps are read from. */
export interface StepSource {
  readonly forms: readonly StepForm[];
  readonly root: YamlNode;
  readonly changes: ChangeReader;
  /** Lines of the whole file, for tables. */
  readonly lines: readonly string[];
}

interface Place {
  readonly node: YamlNode;
  readonly path: JsonPath;
}

type Complain = (field: string, expected: string, found: string) => void;

/** Reads the steps in order; repeated and permuted ones as often as they are run, each with a name of its own. */
export function readSteps(findings: Findings, source: StepSource): readonly Step[] {
  const names = new Set<string>();
  const steps = source.forms.flatMap((form, index): readonly Step[] => {
    const path: JsonPath = ['steps', index];
    const node = nodeAt(source.root, path);
    if (node === undefined) return [];
    const place = { node, path };
    checkRepeated(form, complainAt(findings, place));
    const rounds = Array.from({ length: form.repeat ?? 1 }, (_, round) => round + 1);
    return rounds.flatMap((round) => {
      const name = form.repeat === undefined ? form.name : `${form.name} ${round}`;
      if (form.steps === undefined) return readPlain(findings, { ...form, name }, place, { ...source, names });
      return form.steps.flatMap((inner, at) => {
        const innerPath = [...path, 'steps', at];
        const innerNode = nodeAt(node, ['steps', at]) ?? node;
        const innerForm = { ...inner, name: `${name}: ${inner.name}` };
        return readPlain(findings, innerForm, { node: innerNode, path: innerPath }, { ...source, names });
      });
    });
  });
  checkCut(findings, steps);
  return steps;
}

function readPlain(
  findings: Findings,
  form: PlainStepForm,
  place: Place,
  { changes, lines, names }: StepSource & { readonly names: Set<string> },
): readonly Step[] {
  const { node, path } = place;
  const complain = complainAt(findings, place);
  if (names.has(form.name)) complain('name', 'each name of a step once', `"${form.name}" again`);
  names.add(form.name);
  const made = changes.changesOf(node, path);
  if (form.flaps !== undefined && made.length < 2) {
    complain('flaps', 'flaps allowed only where a step changes several objects', `changes: ${made.length}`);
  }
  if (form.together) for (const name of conflicting(made)) complain('together', 'each object once', `${name} again`);
  const expect = node.fields?.get('expect');
  const step: Step = {
    name: form.name,
    changes: made,
    ...(form.together && { together: true }),
    expect: expect && readExpectation(findings, expect, [...path, 'expect'], lines),
    budgetMs: form.budget === undefined ? undefined : parseDuration(form.budget),
    holdMs: form.hold === undefined ? undefined : parseDuration(form.hold),
    flapsAllowed: form.flaps !== undefined,
    position: node.position,
  };
  if (!form.permute) return [step];
  const problem = notPermutable(made);
  if (problem !== undefined) complain('permute', 'several policies to be applied, each once and nothing else', problem);
  return permutedSteps(step);
}

function checkRepeated({ repeat, steps, ...own }: StepForm, complain: Complain): void {
  if (steps === undefined) return;
  if (repeat === undefined) complain('steps', '"repeat" beside "steps"', 'none');
  const { name: _, together, permute, ...others } = own;
  const stray = Object.entries({ ...others, ...(together && { together }), ...(permute && { permute }) });
  for (const [field] of stray) complain(field, 'it in the steps that are repeated', 'it beside them');
}

function complainAt(findings: Findings, { node, path }: Place): Complain {
  return (field, expected, found) => {
    const position = (node.fields?.get(field) ?? node).keyPosition;
    report(findings, { code: 'scenario-step', path: [...path, field], position, expected, found });
  };
}
