import { expect } from 'chai';
import { formatPosition } from '../../../src/core/diagnostics/position.ts';
import { policyText, reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';
import { BROKEN_SCENARIOS } from './broken-scenarios.ts';

describe('broken scenarios', () => {
  for (const { title, parts, text, files, problems } of BROKEN_SCENARIOS) {
    it(title, () => {
      const read = reading(text ?? scenarioText(parts ?? {}), files);
      const found = read.problems.map(({ code, message, hint, position }) => {
        const file = position?.file === 's.yaml' ? '' : `${position?.file}:`;
        return `${file}${position?.line}:${position?.column} ${code} ${message}${hint ? ` [${hint}]` : ''}`;
      });
      expect(found).to.deep.equal(problems);
      expect(read.scenarios).to.deep.equal([]);
    });
  }
});

describe('a scenario file', () => {
  it('has its defaults in place', () => {
    const scenario = scenarioOf({});
    expect(scenario).to.deep.include({
      id: 's',
      title: 't',
      why: 'w',
      origin: undefined,
      tags: [],
      namespaces: [{ name: 'x', labels: {} }],
      paths: ['pod-ip', 'cluster-ip'],
      wgetPath: ['dns'],
      notes: [],
    });
    expect(scenario.pods.map(({ name, image, probes }) => [name, image, probes])).to.deep.equal([
      ['a', 'agent', 'agent'],
      ['b', 'agent', 'agent'],
      ['w', 'alpine', 'wget'],
    ]);
    expect(scenario.services).to.deep.equal([
      { namespace: 'x', name: 'b', selector: { app: 'b' }, ports: [{ port: 80, protocol: 'TCP' }] },
    ]);
    expect(scenario.steps).to.deep.equal([
      {
        name: 'one',
        changes: [],
        expect: undefined,
        budgetMs: undefined,
        holdMs: undefined,
        flapsAllowed: false,
        position: { file: 's.yaml', line: 12, column: 5 },
      },
    ]);
  });

  it('reads every form of a port', () => {
    const pods = `      a: {labels: {app: a}, ports: [80, 80/UDP, {port: 81, name: web}, {port: 53, protocol: UDP}]}
      b: {}`;
    const services = '      a: {selector: {app: a}, ports: [80, 53/UDP, {port: 8080, targetPort: web}]}';
    const { pods: read, services: ofService } = scenarioOf({ pods, services });
    expect(read[0]?.ports).to.deep.equal([
      { port: 80, protocol: 'TCP' },
      { port: 80, protocol: 'UDP' },
      { port: 81, protocol: 'TCP', name: 'web' },
      { port: 53, protocol: 'UDP' },
    ]);
    expect(ofService[0]?.ports).to.deep.equal([
      { port: 80, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
      { port: 8080, protocol: 'TCP', targetPort: 'web' },
    ]);
  });

  it('disrupts the plugin', () => {
    const steps = `  - {name: one, stop-agent: all, start-agent: all, restart-controller: kill}
  - {name: two, restart-agent: delete}
  - {name: three, restart-agent: {how: kill, of: x/a}}`;
    const { steps: read, exclusive } = scenarioOf({ steps });
    expect(exclusive).to.equal(true);
    expect(read.map(({ changes }) => changes)).to.deep.equal([
      [{ kind: 'stop-agent' }, { kind: 'start-agent' }, { kind: 'restart-plugin', part: 'controller', how: 'kill' }],
      [{ kind: 'restart-plugin', part: 'agent', how: 'delete' }],
      [{ kind: 'restart-plugin', part: 'agent', how: 'kill', of: 'x/a' }],
    ]);
  });

  it('disrupts the API server, and the way to it', () => {
    const steps = `  - {name: one, restart-api-server: kill}
  - {name: two, cut-api-server: all}
  - {name: three, label: {x/a: {v: "1"}}, join-api-server: all}`;
    const { steps: read, exclusive } = scenarioOf({ steps });
    expect(exclusive).to.equal(true);
    expect(read.map(({ changes }) => changes.map(({ kind }) => kind))).to.deep.equal([
      ['restart-api-server'],
      ['cut-api-server'],
      ['label-pod', 'join-api-server'],
    ]);
  });

  it('makes changes in the order of the text', () => {
    const steps = `  - {name: one, label: {x/a: {app: null, v: "1"}}, apply: [${policyText('p', '{podSelector: {}}')}], expect: {deny: all}}
  - {name: two, delete: [x/p], label: {x: {team: blue}}, flaps: allowed, budget: 250ms, hold: 2s}`;
    const [one, two] = scenarioOf({ steps }).steps;
    expect(one?.changes.map(({ kind }) => kind)).to.deep.equal(['label-pod', 'apply']);
    expect(one?.changes[0]).to.deep.equal({ kind: 'label-pod', pod: 'x/a', labels: { app: null, v: '1' } });
    expect(two?.changes).to.deep.equal([
      { kind: 'delete', policy: { namespace: 'x', name: 'p' } },
      { kind: 'label-namespace', namespace: 'x', labels: { team: 'blue' } },
    ]);
    expect(two).to.include({ budgetMs: 250, holdMs: 2000, flapsAllowed: true });
  });

  it('puts policies in the namespace that they name, or in the first, and knows where their parts stand', () => {
    const p = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\nspec:\n  podSelector: {}\n';
    const steps = '  - {name: one, apply: [sub/../p.yaml]}';
    const twice = `${p}status: {}\n---\n${p.replace('name: p', 'name: q\n  namespace: x')}`;
    const { steps: read, notes } = scenarioOf({ steps }, { 'p.yaml': twice });
    const manifests = read[0]?.changes.flatMap((change) => (change.kind === 'apply' ? [change.manifest] : [])) ?? [];
    expect(manifests.map(({ namespace, name, text }) => [namespace, name, text.split('\n').length])).to.deep.equal([
      ['x', 'p', 7],
      ['x', 'q', 7],
    ]);
    expect(manifests[0]?.tree).to.deep.equal({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'p' },
      spec: { podSelector: {} },
    });
    const places = manifests.map(({ positions }) => positions?.get('spec.podSelector'));
    expect(places.map((place) => place && formatPosition(place))).to.deep.equal(['p.yaml:6:3', 'p.yaml:15:3']);
    expect(notes).to.deep.equal(['status left out of p.yaml:7:1']);
  });

  it('says of a contradiction what the scenario and what the policies say, once for all cells alike', () => {
    const steps = `  - name: one
    apply: [${policyText('deny', '{podSelector: {matchLabels: {app: b}}}')}]
    expect: {allow: all}
  - name: two
    delete: [deny]
    expect: {deny: ["x/a->x/b:80 via pod-ip"]}`;
    const { problems } = reading(scenarioText({ steps }));
    const told = problems.map(({ code, message, position }) => ({
      code,
      lines: message.split('\n'),
      line: position?.line,
    }));
    expect(told.map(({ code, line }) => [code, line])).to.deep.equal([
      ['expectation-contradicts-policies', 14],
      ['expectation-contradicts-policies', 17],
    ]);
    expect(told[0]?.lines[0]).to.equal(
      'x/a->x/b:80/TCP via pod-ip: expected open, found that the policies make it closed:',
    );
    expect(told[0]?.lines).to.include('      x/deny (s.yaml:13:13) has no ingress rules, so it admits nothing');
    expect(told[0]?.lines.slice(-4)).to.deep.equal([
      'and in the same way:',
      '  x/a->x/b:81/UDP via pod-ip',
      '  x/a->x/b:80/TCP via cluster-ip',
      '  x/w->x/b:80/TCP via dns (wget)',
    ]);
    expect(told[1]?.lines[0]).to.equal(
      'x/a->x/b:80/TCP via pod-ip: expected closed by "x/a->x/b:80 via pod-ip", found that the policies make it open:',
    );
  });

  it('wants a name that cannot resolve to be stated as such', () => {
    const quiet = policyText('quiet', '{podSelector: {}, policyTypes: [Egress]}');
    const steps = (more: string) => `  - {name: one, apply: [${quiet}], expect: {deny: all${more}}}`;
    const [problem] = reading(scenarioText({ steps: steps('') })).problems;
    expect(problem?.hint).to.equal('DNS is closed here: add "x/w->x/b via dns" to "unresolved"');
    expect(reading(scenarioText({ steps: steps(', unresolved: [x/w->x/b via dns]') })).problems).to.deep.equal([]);
  });

  it('takes a full table, in a block or in a line', () => {
    const table = `
        from  x/a:80  x/b:80  x/b:81/UDP
        x/a   -       .       .
        x/b   .       -       -
        x/w   -       .       -`;
    const block = reading(scenarioText({ steps: `  - name: one\n    expect:\n      table: |${table}` }));
    expect(block.problems).to.deep.equal([]);
    const line = '"x/a:80 x/b:80 x/b:81/UDP\\nx/a - . .\\nx/b . - -\\nx/w - . X"';
    const [problem] = reading(scenarioText({ steps: `  - {name: one, expect: {table: ${line}}}` })).problems;
    expect(problem?.message).to.equal('"x/w->x/b:81/UDP": expected a port of x/b (80/TCP), found 81/UDP');
  });

  it('is plain YAML: y is a name, not a boolean', () => {
    const text = scenarioText({}).replaceAll(' x:', ' y:');
    expect(reading(text).scenarios[0]?.namespaces).to.deep.equal([{ name: 'y', labels: {} }]);
  });
});
