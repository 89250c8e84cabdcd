import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { call, install, linkPackages, type Packed, pack } from '../support/packed-package.ts';
import { aRunResult, aScenarioResult } from '../support/result/results.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the package, installed in an empty project', function () {
  this.timeout(120_000);
  let folder: string;
  let packed: Packed;
  const npx = (...args: readonly string[]) => call('npx', ['--no-install', ...args], folder);
  const netproof = (...args: readonly string[]) => call(join(folder, 'node_modules/.bin/netproof'), args, folder);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netproof-package-'));
    packed = await pack(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
    await install(folder, packed.filename);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what it needs, and no sources', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).to.include.members(['LICENSE', 'README.md', 'kind-config.yaml', 'dist/index.js', 'dist/index.d.ts']);
    expect(paths.filter((path) => /^(src|test|\.github)\//.test(path))).to.deep.equal([]);
    expect(paths.filter((path) => path.startsWith('scenarios/'))).to.not.be.empty;
    expect(paths.filter((path) => path.startsWith('schemas/'))).to.not.be.empty;
  });

  it('carries the in-pod agent as it is in the sources', () => {
    const shipped = readFileSync(join(folder, 'node_modules/netproof/dist/agent/agent.mts'), 'utf8');
    expect(shipped).to.equal(readFileSync(join(root, 'src/agent/agent.mts'), 'utf8'));
  });

  it('has a command line that says how it is used', async () => {
    const { code, stdout } = await npx('netproof', '--help');
    expect(code).to.equal(0);
    expect(stdout).to.include('Usage: netproof').and.include('check').and.include('130');
  });

  it('checks a good file, and finds the mistake in a bad one', async () => {
    const policy = (peers: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - ${peers}:
        - podSelector: {}
`;
    writeFileSync(join(folder, 'good.yaml'), policy('from'));
    writeFileSync(join(folder, 'bad.yaml'), policy('form'));
    const good = await netproof('check', 'good.yaml');
    expect(good).to.include({ code: 0 });
    const bad = await npx('netproof', 'check', 'bad.yaml');
    expect(bad.code).to.equal(2);
    expect(`${bad.stdout}${bad.stderr}`).to.include('bad.yaml:8:7').and.include('from');
  });

  it('lists its own scenarios from anywhere', async () => {
    const { code, stdout } = await netproof('list');
    expect(code).to.equal(0);
    expect(stdout).to.include('banning-all-traffic');
  });

  it('makes an HTML report of a stored result: the page is built already', async () => {
    writeFileSync(join(folder, 'result.json'), JSON.stringify(aRunResult([aScenarioResult()])));
    const { code, stderr } = await netproof('report', 'result.json', '--html', 'report.html');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).to.include('id="scenario-0"');
  });

  it('is imported with its types, and needs no mocha for that', async () => {
    const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024', 'use.ts'];
    const use = `import { type RunResult, exitCodeOf } from 'netproof';
import { type Oracle, type Verdict, answer, questionOf } from 'netproof/oracle';
export const code = (result: RunResult): 0 | 1 | 3 => exitCodeOf(result);
export const ask = (oracle: Oracle, from: string, to: string): Verdict | undefined => {
  const question = questionOf(oracle, { from, to, port: 80, protocol: 'TCP' });
  return 'unknown' in question ? undefined : answer(oracle, question).verdict;
};
`;
    writeFileSync(join(folder, 'use.ts'), use);
    expect(await call(join(root, 'node_modules/.bin/tsc'), flags, folder)).to.include({ code: 0, stdout: '' });
    const script = `console.log(typeof (await import('netproof')).exitCodeOf, typeof (await import('netproof/oracle')).answer)`;
    expect(await call('node', ['--input-type=module', '-e', script], folder)).to.include({
      code: 0,
      stdout: 'function function\n',
    });
  });

  it('has types for its mocha suite and its chai plugin, for a project with those of mocha and chai', async () => {
    linkPackages(folder, ['mocha', 'chai', '@types/mocha', '@types/chai', '@types/deep-eql', 'assertion-error']);
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      'mocha',
      '--skipLibCheck',
    ];
    const typed = (line: string): string => `import { expect, use } from 'chai';
import { loadScenarios } from 'netproof';
import { lab, netproofChai } from 'netproof/chai';
import { type ClusterHooks, clusterHooks, describeScenarios } from 'netproof/mocha';
use(netproofChai);
export const { mochaHooks }: ClusterHooks = clusterHooks({ simulate: true });
describeScenarios(loadScenarios(['scenarios/']), { ahead: false });
const { pod, cluster, policies } = lab({ namespaces: { x: { pods: { a: {}, b: { ports: [80] } } } }, policies: [] });
it('reaches', async () => {
  await expect(cluster).to.match({ allow: 'all' });
  expect(policies).to.allow({ from: 'x/a', to: 'x/b', port: 80 });
  ${line}
});
`;
    const tsc = (line: string) => {
      writeFileSync(join(folder, 'suite.ts'), typed(line));
      return call(join(root, 'node_modules/.bin/tsc'), [...flags, 'suite.ts'], folder);
    };
    expect(await tsc("await expect(pod('x/a')).not.to.reach('x/b', { port: 80 }).within(500);")).to.include({
      code: 0,
      stdout: '',
    });
    const wrong = await tsc("await expect(pod('x/a')).to.reach('x/b', { prot: 80 });");
    expect(wrong.stdout).to.include("'prot' does not exist");
  });

  it('offers its mocha suite to a project that has mocha and chai', async () => {
    const suite = `import { describeScenarios } from 'netproof/mocha';
it('is there', () => { if (typeof describeScenarios !== 'function') throw new Error('missing'); });
`;
    writeFileSync(join(folder, 'suite.test.mjs'), suite);
    const { code, stdout } = await call('node', ['node_modules/mocha/bin/mocha.js', 'suite.test.mjs'], folder);
    expect(stdout).to.include('1 passing');
    expect(code).to.equal(0);
  });
});
