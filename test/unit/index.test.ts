import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as api from '../../src/index.ts';
import * as suite from '../../src/mocha/describe-scenarios.ts';
import * as oracle from '../../src/oracle.ts';

const root = new URL('../../', import.meta.url);
const { exports, files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
};

/** Everything but types that others may build on: a name that goes, or a new one, is a decision. */
const NAMES = {
  clusters: ['clusterProvider', 'defaultCni', 'parseCniChoice', 'systemClock'],
  sessions: ['NotRun', 'openSession', 'openSimulatedSession', 'runAll'],
  scenarios: ['loadScenarios', 'readScenarios', 'plan', 'renderManifest', 'readManifests', 'stateFrom'],
  oracle: ['compile', 'endOf', 'expectedOf', 'explain', 'explainText'],
  judge: ['DEFAULT_LIMITS', 'judgeStep', 'exitCodeOf'],
  errors: [
    'ClusterError',
    'NetproofError',
    'ProbeError',
    'ScenarioError',
    'UsageError',
    'formatError',
    'formatPosition',
  ],
  reports: [
    'cellName',
    'compareRuns',
    'formatHtml',
    'formatJunit',
    'formatMarkdown',
    'formatMatrix',
    'outputOn',
    'progressFor',
    'resultSchema',
    'stepLines',
  ],
  writers: ['terminalReporter', 'writeHtml', 'writeJson', 'writeJunit', 'writeMarkdown'],
};

/** The same of the oracle alone, which runs in browsers too. */
const ORACLE = [
  ...['answer', 'answerText', 'compile', 'endOf', 'explain', 'explainText', 'questionOf'],
  ...['fateGroups', 'impact', 'matrixRows', 'outsideEnds', 'portText', 'tellingPorts', 'wholeMatrix'],
  ...['formatPosition', 'readManifests', 'stateFrom'],
];

describe('the public API', () => {
  it('has these names', () => {
    expect(Object.keys(api).sort()).to.deep.equal(Object.values(NAMES).flat().sort());
    expect(Object.keys(oracle).sort()).to.deep.equal([...ORACLE].sort());
    expect(Object.keys(suite)).to.deep.equal(['describeScenarios']);
  });

  it('is what package.json exports: files that the build makes from sources', () => {
    const targets = Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const sources = targets.map((path) => path.replace('./dist/', './src/').replace(/(\.d\.ts|\.js)$/, '.ts'));
    expect(sources.filter((path) => !existsSync(new URL(path, root)))).to.deep.equal([]);
    expect(files).to.include('dist');
    expect(exports).to.have.keys('.', './oracle', './mocha', './chai', './package.json');
  });
});
