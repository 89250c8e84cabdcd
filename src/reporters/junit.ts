import XmlBuilder from 'fast-xml-builder';
import { failureName } from '../core/result/failure-name.ts';
import type { RunResult, ScenarioResult, StepResult } from '../core/result/result.ts';
import { failureLines } from './failure.ts';
import { writeWhole } from './write-file.ts';

/** Writes a JUnit report, whole or not at all. Rejects with `UsageError` where it cannot be written. */
export async function writeJunit(file: string, result: RunResult): Promise<void> {
  await writeWhole(file, formatJunit(result));
}

/**
 * A result as JUnit XML: one suite a scenario, one case a step. What failed is a `failure`, what could not be found
 * out an `error`, so that a CI system tells them apart; a scenario that ran no step is one case with its reason.
 */
export function formatJunit({ run, card, scenarios }: RunResult): string {
  const suites = [...scenarios.map((scenario) => suiteOf(scenario, run)), ...cardSuite(card, run)];
  // The schema that CI systems check has no count of skips here, only in the suites.
  const { '@skipped': _, ...counts } = totals(suites.flatMap(({ testcase }) => testcase));
  const root = {
    testsuites: {
      '@name': 'netproof',
      ...counts,
      '@time': seconds(run.duration_ms),
      testsuite: suites,
    },
  };
  const builder = new XmlBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    format: true,
    suppressEmptyNode: true,
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(root)}`;
}

/** A `testcase` element: attributes, and the element that says why it did not pass. */
interface Case {
  readonly '@classname': string;
  readonly '@name': string;
  readonly '@time': string;
  readonly failure?: object;
  readonly error?: object;
  readonly skipped?: object;
}

function suiteOf(scenario: ScenarioResult, run: RunResult['run']) {
  const testcase = scenario.steps.map((step) => caseOf(scenario, step));
  const cut = scenario.steps.every(({ status }) => status === 'passed') && scenario.status !== 'passed';
  if (cut)
    testcase.push(
      caseOf(scenario, {
        name: 'scenario',
        status: troubleOf(scenario),
        reason: scenario.reason,
        changes: [],
        cells: [],
        failures: [],
      }),
    );
  return {
    '@name': clean(scenario.id),
    ...totals(testcase),
    '@time': seconds(scenario.duration_ms),
    '@timestamp': run.started.slice(0, 19),
    properties: propertiesOf({ ...runProperties(run), status: scenario.status }),
    testcase,
  };
}

/** The capability card as properties of a suite without cases, so that nothing is counted twice. */
function cardSuite(card: RunResult['card'], run: RunResult['run']) {
  if (card.length === 0) return [];
  const entries = card.map(({ property, state, violated, reason }) => [
    `card.${property}`,
    [state, ...violated, ...(reason === null ? [] : [reason])].join(' '),
  ]);
  return [
    {
      '@name': 'capability card',
      ...totals([]),
      '@time': seconds(0),
      '@timestamp': run.started.slice(0, 19),
      properties: propertiesOf({ ...runProperties(run), ...Object.fromEntries(entries) }),
      testcase: [],
    },
  ];
}

function runProperties(run: RunResult['run']): Readonly<Record<string, string>> {
  return {
    ...(run.netproof !== undefined && { netproof: run.netproof }),
    'cni.name': run.cni.name,
    'cni.version': run.cni.version,
    kubernetes: run.cluster.kubernetes,
    provider: run.cluster.provider,
    seed: String(run.seed),
  };
}

function propertiesOf(properties: Readonly<Record<string, string>>) {
  return { property: Object.entries(properties).map(([name, value]) => ({ '@name': name, '@value': clean(value) })) };
}

type CaseFacts = Pick<StepResult, 'name' | 'status' | 'reason' | 'changes' | 'cells' | 'failures' | 'duration_ms'>;

function caseOf({ id, known }: ScenarioResult, step: CaseFacts): Case {
  const names = { '@classname': clean(id), '@name': clean(step.name), '@time': seconds(step.duration_ms ?? 0) };
  const text = clean(step.failures.map((failure) => failureLines(failure, step).join('\n')).join('\n\n'));
  const first = step.failures.find(({ reasons }) => reasons.some(({ code }) => code !== 'unknown'));
  switch (step.status) {
    case 'passed':
      return names;
    case 'skipped':
      return { ...names, skipped: { '@message': clean(step.reason ?? 'no reason given') } };
    case 'failed': {
      if (known !== undefined) {
        return {
          ...names,
          skipped: { '@message': clean(`known to fail: ${known.why} (${known.finding})`), '#text': text },
        };
      }
      const message = first
        ? `${failureName(first)}: expected ${first.expected}, observed ${first.observed}`
        : (step.reason ?? 'failed');
      return { ...names, failure: { '@message': clean(message), '@type': 'not-as-expected', '#text': text } };
    }
    case 'inconclusive':
      return {
        ...names,
        error: { '@message': clean(step.reason ?? 'not known'), '@type': 'inconclusive', '#text': text },
      };
  }
}

function troubleOf({ status }: ScenarioResult): CaseFacts['status'] {
  return status === 'flaky' ? 'failed' : status;
}

function totals(cases: readonly Case[]) {
  const count = (kind: 'failure' | 'error' | 'skipped') =>
    String(cases.filter((one) => one[kind] !== undefined).length);
  return {
    '@tests': String(cases.length),
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
  };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Text without the characters that XML 1.0 forbids: a server's output may hold any. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
