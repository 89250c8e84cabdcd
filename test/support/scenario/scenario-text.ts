import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { readScenarios, type ScenarioReading } from '../../../src/formats/scenario.ts';

/** Parts of a scenario's text, each without its final newline; what is left out is valid. */
export interface ScenarioParts {
  readonly head?: string;
  readonly pods?: string;
  readonly services?: string;
  readonly steps?: string;
}

const PODS = `      a: {labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80, 81/UDP]}
      w: {image: alpine}`;
const SERVICES = '      b: {selector: {app: b}, ports: [80]}';
const STEPS = '  - {name: one}';

/** The text of a scenario in namespace x: pods a and b (agents), w (alpine), Service b. Pods begin in line 6. */
export function scenarioText({
  head = 'title: t\nwhy: w',
  pods = PODS,
  services = SERVICES,
  steps = STEPS,
}: ScenarioParts) {
  const places = `namespaces:\n  x:\n    pods:\n${pods}\n    services:\n${services}`;
  return `${head}\n${places}\nsteps:\n${steps}\n`;
}

/** Reads a text as the file s.yaml with these files beside it. */
export function reading(text: string, files: Readonly<Record<string, string>> = {}): ScenarioReading {
  return readScenarios({ text, file: 's.yaml', id: 's', readText: (path) => files[path] });
}

/** Reads a valid scenario; throws the messages of one that is not. */
export function scenarioOf(parts: ScenarioParts, files: Readonly<Record<string, string>> = {}): Scenario {
  const { scenarios, problems } = reading(scenarioText(parts), files);
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return scenario;
}

/** A NetworkPolicy manifest as YAML in flow style, to stand in one line. */
export function policyText(name: string, spec: string, metadata = ''): string {
  return `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}${metadata}}, spec: ${spec}}`;
}
