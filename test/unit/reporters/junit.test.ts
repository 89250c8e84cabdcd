import { expect } from 'chai';
import { unobservedStep } from '../../../src/core/result/build-step.ts';
import { formatJunit } from '../../../src/reporters/junit.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const cases = (xml: string) =>
  xml.split('\n').filter((line) => /<(testcase|failure|error|skipped|\/failure)/.test(line));

/** An element of the schema that Jenkins' xUnit plugin checks (junit-10.xsd), as far as reports use it. */
interface Allowed {
  /** Elements that may stand before it in its parent; stricter than that schema, as Ant's JUnit.xsd has it. */
  readonly after: readonly string[];
  readonly parents: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const CASE_END: Allowed = { after: [], parents: ['testcase'], required: [], optional: ['type', 'message'] };
const SCHEMA: Readonly<Record<string, Allowed>> = {
  testsuites: { after: [], parents: [''], required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    after: ['testsuite'],
    parents: ['testsuites'],
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
  },
  properties: { after: [], parents: ['testsuite'], required: [], optional: [] },
  property: { after: ['property'], parents: ['properties'], required: ['name', 'value'], optional: [] },
  testcase: {
    after: ['properties', 'testcase'],
    parents: ['testsuite'],
    required: ['name', 'time', 'classname'],
    optional: [],
  },
  failure: CASE_END,
  error: CASE_END,
  skipped: CASE_END,
};

/** What of a report the schema does not allow. */
function breachesOf(xml: string): readonly string[] {
  const breaches: string[] = [];
  const open: string[] = [''];
  const before = new Map<number, string[]>();
  for (const [, end, name = '', attributes = '', empty] of xml.matchAll(
    /<(\/?)([\w-]+)((?: [\w:.-]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    if (end) {
      before.delete(open.length);
      if (open.pop() !== name) breaches.push(`${name} ends what it did not begin`);
      continue;
    }
    const given = [...attributes.matchAll(/([\w:.-]+)=/g)].map(([, attribute = '']) => attribute);
    const { after, parents, required, optional } = SCHEMA[name] ?? {
      after: [],
      parents: [],
      required: [],
      optional: [],
    };
    const siblings = before.get(open.length) ?? [];
    before.set(open.length, [...siblings, name]);
    const parent = open.at(-1) ?? '';
    if (!parents.includes(parent)) breaches.push(`${name} in ${parent}`);
    breaches.push(
      ...given.filter((each) => ![...required, ...optional].includes(each)).map((each) => `${name} has ${each}`),
      ...required.filter((each) => !given.includes(each)).map((each) => `${name} lacks ${each}`),
      ...[...new Set(siblings)].filter((each) => !after.includes(each)).map((each) => `${name} after ${each}`),
      ...[...attributes.matchAll(/ time="(?!\d{1,9}\.\d{3}")([^"]*)"/g)].map(([, time]) => `${name} takes ${time}`),
    );
    if (!empty) open.push(name);
  }
  return open.length === 1 ? breaches : [...breaches, `${open.at(-1)} does not end`];
}

describe('a JUnit report', () => {
  it('has a suite a scenario and a case a step, and tells failed, not known and skipped apart', () => {
    const steps = [
      aStep('no policy', [SERIES.staysOpen()]),
      aStep('deny', [SERIES.closes('y/b', 99_999)]),
      aStep('allow', [SERIES.unknown()]),
      unobservedStep('sctp', 'skipped', 'no SCTP in the kernel'),
    ];
    const xml = formatJunit(aRunResult([aScenarioResult({ status: 'failed', steps })]));
    expect(xml.split('\n').slice(0, 13)).to.deep.equal([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="netproof" tests="4" failures="1" errors="1" time="4.321">',
      '  <testsuite name="article/deny" tests="4" failures="1" errors="1" skipped="1" time="1.234" timestamp="2026-01-02T03:04:05">',
      '    <properties>',
      '      <property name="netproof" value="0.1.0"/>',
      '      <property name="cni.name" value="calico"/>',
      '      <property name="cni.version" value="v3.32.2"/>',
      '      <property name="kubernetes" value="v1.37.2"/>',
      '      <property name="provider" value="kind"/>',
      '      <property name="seed" value="7"/>',
      '      <property name="status" value="failed"/>',
      '    </properties>',
      '    <testcase classname="article/deny" name="no policy" time="8.000"/>',
    ]);
    expect(cases(xml).map((line) => line.trim())).to.deep.equal([
      '<testcase classname="article/deny" name="no policy" time="8.000"/>',
      '<testcase classname="article/deny" name="deny" time="8.000">',
      '<failure message="x/a-&gt;y/b:80/TCP via pod-ip: expected closed, observed open" type="not-as-expected">x/a-&gt;y/b:80/TCP via pod-ip',
      'repeat    repeat x/a y/b 80</failure>',
      '<testcase classname="article/deny" name="allow" time="8.000">',
      `<error message="${steps[2]?.reason?.replaceAll('>', '&gt;')}" type="inconclusive">x/a-&gt;y/b:80/TCP via pod-ip`,
      '<testcase classname="article/deny" name="sctp" time="0.000">',
      '<skipped message="no SCTP in the kernel"/>',
    ]);
  });

  it('has one case with the reason for a scenario that ran no step', () => {
    const skipped = aScenarioResult({ id: 'a', status: 'skipped', reason: 'needs IPv6' });
    const trouble = aScenarioResult({ id: 'b', status: 'inconclusive', reason: 'pod x/a never got Ready' });
    const xml = formatJunit(aRunResult([skipped, trouble]));
    expect(cases(xml).map((line) => line.trim())).to.deep.equal([
      '<testcase classname="a" name="scenario" time="0.000">',
      '<skipped message="needs IPv6"/>',
      '<testcase classname="b" name="scenario" time="0.000">',
      '<error message="pod x/a never got Ready" type="inconclusive"/>',
    ]);
  });

  it('is red for a flaky scenario', () => {
    const steps = [aStep('deny', [SERIES.closes('y/b', 99_999)])];
    expect(formatJunit(aRunResult([aScenarioResult({ status: 'flaky', steps })]))).to.include('failures="1"');
  });

  it('says why a scenario that was cut short after its steps is not a pass', () => {
    const steps = [aStep('no policy', [SERIES.staysOpen()])];
    const cut = aScenarioResult({ status: 'inconclusive', reason: 'stream lost', steps });
    expect(formatJunit(aRunResult([cut]))).to.include('message="stream lost"');
  });

  it('has only the elements and attributes of the common schema, each where it may stand', () => {
    const steps = [
      aStep('deny', [SERIES.closes('y/b', 99_999)]),
      aStep('allow', [SERIES.unknown()]),
      unobservedStep('sctp', 'skipped', 'no SCTP in the kernel'),
    ];
    const known = { why: 'a bug', finding: 'docs/findings.md' };
    const xml = formatJunit(
      aRunResult([aScenarioResult({ status: 'failed', steps }), aScenarioResult({ status: 'failed', known, steps })]),
    );
    expect(breachesOf(xml)).to.deep.equal([]);
    expect(breachesOf('<testsuites skipped="1"><property/></testsuites>')).to.deep.equal([
      'testsuites has skipped',
      'property in testsuites',
      'property lacks name',
      'property lacks value',
    ]);
    const mixed =
      '<testsuites><testsuite name="a" tests="1" failures="1" errors="0">' +
      '<testcase name="b" classname="a" time="soon"><failure/><skipped/></testcase><properties></properties>' +
      '</testsuite></testsuites>';
    expect(breachesOf(mixed)).to.deep.equal([
      'testcase takes soon',
      'skipped after failure',
      'properties after testcase',
    ]);
  });

  it('escapes markup and drops characters that XML forbids', () => {
    const nasty = `<&>"'\u0000\u001b[31m\ud800\ufffe\u{1f600}`;
    const xml = formatJunit(aRunResult([aScenarioResult({ id: nasty, status: 'skipped', reason: nasty })]));
    expect(xml).to.include('name="&lt;&amp;&gt;&quot;&apos;[31m\ufffd\u{1f600}"');
    const forbidden = [...xml].filter((char) =>
      /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(char),
    );
    expect(forbidden).to.deep.equal([]);
  });
});
