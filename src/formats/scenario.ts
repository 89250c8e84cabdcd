import { type Problem, ScenarioError } from '../core/diagnostics/errors.ts';
import { isExclusive } from '../core/scenario/exclusive.ts';
import { canBeHeld } from '../core/scenario/held-cells.ts';
import { cellsByStep } from '../core/scenario/moment.ts';
import { plan } from '../core/scenario/plan.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { writeOut } from './counted.ts';
import { type Findings, report } from './findings.ts';
import { caseNamesOf, casesOf } from './scenario-cases.ts';
import { changeReader, folderOf, type ReadText } from './scenario-changes.ts';
import { expectedWords, reportIssues } from './scenario-issues.ts';
import { lineProblem } from './scenario-names.ts';
import { withNamespaces } from './scenario-namespaces.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { readSteps } from './scenario-steps.ts';
import { readTopology } from './scenario-topology.ts';
import { parseYaml } from './yaml-document.ts';
import type { YamlNode } from './yaml-node.ts';

/** A scenario's text and where it comes from. */
export interface ScenarioText {
  readonly text: string;
  /** Path of the file, as messages show it; files that it names are looked for in its folder. */
  readonly file: string;
  /** Id of the file's scenario; what ids of its cases begin with. */
  readonly id: string;
  readonly readText: ReadText;
}

/** What was read: scenarios, or every mistake found up to the stage that could not go on. */
export interface ScenarioReading {
  /** One, or as many as the file has cases; without those in which there are mistakes. */
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a scenario file with the files that it names and checks everything that can be checked without a cluster, in
 * stages: the YAML; its cases; its form; names, ports, policies; the patterns of expectations; what is expected
 * against what the policies say. A mistake ends the reading after its stage; one that several cases share is reported
 * once. Never throws.
 */
export function readScenarios({ text, file, id, readText }: ScenarioText): ScenarioReading {
  const yaml = parseYaml(text, file);
  const findings: Findings = [...yaml.problems];
  const root = yaml.documents[0]?.root;
  if (root === undefined || yaml.documents.length > 1 || findings.length > 0) {
    const found = yaml.documents.length;
    const position = { file, line: 1, column: 1 };
    const code = 'scenario-documents';
    if (findings.length === 0) {
      report(findings, { code, path: [], position, expected: 'one YAML document', found: String(found) });
    }
    return { scenarios: [], problems: findings };
  }
  const cases = casesOf(findings, withNamespaces(findings, root, readText));
  if (findings.length > 0) return { scenarios: [], problems: onlyOnce(findings) };
  const lines = text.split('\n');
  const readings = cases.map(({ name, root }) =>
    readOne({ root, lines, file, readText, id: name === undefined ? id : `${id}/${name}` }),
  );
  return {
    scenarios: readings.flatMap(({ scenarios }) => scenarios),
    problems: onlyOnce(readings.flatMap(({ problems }) => problems)),
  };
}

/** The ids of the scenarios that a text stands for, right or wrong; without reading more of it than they need. */
export function scenarioIds({ text, file, id }: Pick<ScenarioText, 'text' | 'file' | 'id'>): readonly string[] {
  const root = parseYaml(text, file).documents[0]?.root;
  const names = root === undefined ? [] : caseNamesOf(root);
  return names.length === 0 ? [id] : names.map((name) => `${id}/${name}`);
}

interface OneScenario extends Omit<ScenarioText, 'text'> {
  readonly root: YamlNode;
  readonly lines: readonly string[];
}

function readOne({ root: given, lines, file, id, readText }: OneScenario): ScenarioReading {
  const findings: Findings = [];
  const root = writeOut(findings, given);
  if (findings.length > 0) return { scenarios: [], problems: findings };
  const parsed = scenarioSchema.safeParse(root.value, { error: expectedWords });
  if (!parsed.success) {
    reportIssues(findings, parsed.error.issues, root);
    return { scenarios: [], problems: findings.toSorted(byPosition) };
  }
  const form = parsed.data;
  const topology = readTopology(findings, { file: form, root });
  const changes = changeReader(findings, topology, readText, folderOf(file));
  const steps = readSteps(findings, { forms: form.steps, root, changes, lines });
  const { title, why, origin, tags, needs, catches, paths, wget, realNames } = form;
  const cells = patternsOf(root, 'cells');
  const self = patternsOf(root, 'self');
  const connections = connectionsOf(root);
  const scenario: Scenario = {
    ...{ id, file, title, why, origin, tags: [...new Set(tags)], needs },
    ...(catches === undefined ? {} : { catches }),
    ...topology,
    ...(cells === undefined ? {} : { cells }),
    ...(self === undefined ? {} : { self }),
    ...(connections === undefined ? {} : { connections }),
    ...{ paths, wgetPath: wget, steps, notes: [...changes.notes] },
    ...(realNames !== undefined && { realNames }),
    ...(isExclusive({ ...topology, steps }) && { exclusive: true }),
  };
  if (findings.length === 0) findings.push(...linesWrong(scenario));
  if (findings.length === 0) findings.push(...contradictions(scenario));
  return findings.length === 0 ? { scenarios: [scenario], problems: [] } : { scenarios: [], problems: findings };
}

function patternsOf(root: YamlNode, field: string): Scenario['cells'] {
  return root.fields?.get(field)?.items?.map(({ value, position }) => ({ pattern: String(value), position }));
}

function connectionsOf(root: YamlNode): Scenario['connections'] {
  return root.fields?.get('connections')?.items?.map(({ value, fields, position }) => {
    const sourcePort = fields?.get('sourcePort')?.value;
    if (sourcePort === undefined) return { pattern: String(value), position };
    return { pattern: String(fields?.get('cells')?.value), position, sourcePort: Number(sourcePort) };
  });
}

/** Problems without those that another has said at the same place in the same words. */
function onlyOnce(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ message, position }: Problem) => JSON.stringify([position, message]);
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

function byPosition({ position: a }: Problem, { position: b }: Problem): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}

function linesWrong(scenario: Scenario): readonly Problem[] {
  const cells = cellsByStep(scenario, ['IPv4']);
  const wrong = (scenario.cells ?? []).flatMap((line) => lineProblem(line, cells.all) ?? []);
  if (wrong.length > 0) return wrong;
  const others = [
    ...(scenario.self ?? []).map((line) => lineProblem(line, cells.self)),
    ...(scenario.connections ?? []).map((line) => lineProblem(line, cells.all.filter(canBeHeld))),
  ].filter((problem) => problem !== undefined);
  if (others.length > 0) return others;
  return scenario.steps.flatMap(({ expect }, index) =>
    (expect?.lines ?? []).flatMap((line) => lineProblem(line, cells.steps[index] ?? []) ?? []),
  );
}

function contradictions(scenario: Scenario): readonly Problem[] {
  try {
    plan(scenario);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}
