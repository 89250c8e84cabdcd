import { statSync } from 'node:fs';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { inputFilesBelow } from '../adapters/files/input-files.ts';
import { readText } from '../adapters/files/yaml-files.ts';
import { ScenarioError } from '../core/diagnostics/errors.ts';
import type { Path } from '../core/matrix/cell.ts';
import type { ScenarioResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { readScenarios } from '../formats/scenario.ts';
import type { namespaceSchema } from '../formats/scenario-schema-namespace.ts';
import type { expectSchema } from '../formats/scenario-schema-step.ts';
import type { RunEvents } from '../ports/run-events.ts';

/** What must hold, as a scenario's `expect` says it: `{ deny: 'all', allow: ['x/client->x/web:80'] }`, or a table. */
export type Matrix = z.input<typeof expectSchema>;

/** Pods to stand on the cluster, and the policies that are tested on them. */
export interface LabDefinition {
  /** As in a scenario file: namespaces with their labels, pods and Services. Names are logical. */
  readonly namespaces: Readonly<Record<string, z.input<typeof namespaceSchema>>>;
  /** Files and folders of NetworkPolicies, relative to the working folder, or policies as objects. */
  readonly policies: readonly (string | object)[];
}

/** What runs a scenario: a run under way. */
export interface LabRunner {
  runScenario(scenario: Scenario, events: RunEvents): Promise<ScenarioResult>;
}

/** What is asked of the cluster at a time. */
export interface Question {
  readonly title: string;
  /** Absent: what the policies say. */
  readonly expect?: Matrix;
  /** Pattern of the only cells that are probed; absent: all. */
  readonly cells?: string;
  readonly path?: Path;
  /** How long cells that the policies change may take, in ms. */
  readonly withinMs?: number;
}

/** The step of a question's scenario, as its result names it. */
const LAB_STEP = 'with the policies';

/**
 * The scenario that answers a question: the lab's pods, its policies applied at once, and what must hold then. Scenarios of
 * one lab want the same pods, so a run keeps these from one to the next. Throws `ScenarioError` with every mistake: also
 * where the policies themselves say otherwise than the question, before anything is applied.
 */
export function labScenario({ namespaces, policies }: LabDefinition, question: Question): Scenario {
  const { title, expect, cells, path, withinMs } = question;
  const apply = policies.flatMap((policy): readonly (string | object)[] =>
    typeof policy === 'string' ? filesOf(policy) : [policy],
  );
  const step = {
    name: LAB_STEP,
    ...(apply.length > 0 && { apply }),
    ...(withinMs !== undefined && { budget: `${withinMs}ms` }),
    ...(expect !== undefined && { expect }),
  };
  const document = {
    title,
    why: 'asked by an assertion',
    namespaces,
    ...(cells !== undefined && { cells: [cells] }),
    ...(path !== undefined && { paths: [path] }),
    steps: [step],
  };
  const text = stringify(document, { aliasDuplicateObjects: false });
  const { scenarios, problems } = readScenarios({ text, file: 'lab', id: `lab/${title}`, readText });
  const [scenario] = scenarios;
  if (scenario === undefined || problems.length > 0) throw new ScenarioError(problems);
  return scenario;
}

function filesOf(name: string): readonly string[] {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true
    ? inputFilesBelow(name).map(({ path }) => path)
    : [name];
}
