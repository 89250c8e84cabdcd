import { expect } from 'chai';
import { ScenarioError } from '../../../../src/core/diagnostics/errors.ts';
import { cellName } from '../../../../src/core/matrix/cell.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';
import type { PlannedCell, PlannedStep } from '../../../../src/core/scenario/planned-step.ts';
import { policyText, reading, type ScenarioParts, scenarioOf } from '../../../support/scenario/scenario-text.ts';
import { thrown } from '../../../support/thrown.ts';

const deny = policyText('deny', '{podSelector: {matchLabels: {app: b}}}');
const planOf = (parts: ScenarioParts, options: Parameters<typeof plan>[1] = {}) => plan(scenarioOf(parts), options);
const names = (step: PlannedStep | undefined, keep: (cell: PlannedCell) => boolean = () => true) =>
  (step?.cells ?? []).filter(keep).map(({ cell }) => cellName(cell));

describe('planning a scenario', () => {
  it('has a cell for every way that is probed, and none to oneself', () => {
    expect(names(planOf({})[0])).to.deep.equal([
      'x/a->x/b:80/TCP via pod-ip',
      'x/a->x/b:81/UDP via pod-ip',
      'x/a->x/b:80/TCP via cluster-ip',
      'x/b->x/a:80/TCP via pod-ip',
      'x/w->x/b:80/TCP via dns (wget)',
    ]);
    const head = 'title: t\nwhy: w\npaths: [dns]\nwget: [cluster-ip, dns]';
    expect(names(planOf({ head })[0])).to.deep.equal([
      'x/a->x/b:80/TCP via dns',
      'x/w->x/b:80/TCP via cluster-ip (wget)',
      'x/w->x/b:80/TCP via dns (wget)',
    ]);
    const dual = planOf({}, { ipFamilies: ['IPv4', 'IPv6'] })[0];
    expect(names(dual)).to.have.length(10);
    expect(names(dual)).to.include('x/w->x/b:80/TCP via dns IPv6 (wget)');
  });

  it('carries what held before into each step, and marks what it concerns', () => {
    const steps = `  - {name: none}\n  - {name: closed, apply: [${deny}]}\n  - {name: open, delete: [deny]}\n  - {name: after}`;
    const [none, closed, open, after] = planOf({ steps });
    const ofB = ({ cell }: PlannedCell) => cell.to === 'x/b';
    const fate = (step: PlannedStep | undefined) =>
      new Set(step?.cells.filter(ofB).map(({ before, expected, touched }) => `${before} ${expected} ${touched}`));
    expect(fate(none)).to.deep.equal(new Set(['open open false']));
    expect(fate(closed)).to.deep.equal(new Set(['open closed true']));
    expect(fate(open)).to.deep.equal(new Set(['closed open true']));
    expect(fate(after)).to.deep.equal(new Set(['open open false']));
    expect(names(closed, ({ touched }) => !touched)).to.deep.equal(['x/b->x/a:80/TCP via pod-ip']);
    expect(closed?.cells[0]?.explanation).to.contain('x/deny (s.yaml:13:28)');
  });

  it('follows labels of pods and namespaces, also behind Services', () => {
    const peers =
      '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: blue}}}]}]}';
    const steps = `  - {name: closed, apply: [${policyText('p', peers)}]}
  - {name: blue, label: {x: {team: blue}}}
  - {name: red, label: {x: {team: null}}}
  - {name: away, label: {x/b: {app: c}}}`;
    const planned = planOf({ steps });
    const open = planned.map((step) => names(step, ({ expected }) => expected === 'open').length);
    expect(open).to.deep.equal([1, 5, 1, 3]);
    const away = planned[3]?.cells.find(({ cell }) => cell.path === 'cluster-ip');
    expect(away).to.include({ expected: 'closed', touched: true });
    expect(away?.explanation).to.contain('x/b has no backend');
  });

  it('replaces a policy that is applied again', () => {
    const allow = policyText('deny', '{podSelector: {matchLabels: {app: b}}, ingress: [{}]}');
    const planned = planOf({ steps: `  - {name: closed, apply: [${deny}]}\n  - {name: open, apply: [${allow}]}` });
    expect(planned.map((step) => names(step, ({ expected }) => expected === 'closed').length)).to.deep.equal([4, 0]);
  });

  it('fills placeholders with the addresses that are given', () => {
    const only = policyText(
      'p',
      '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{ipBlock: {cidr: "${ip:x/a}/32"}}]}]}',
    );
    const steps = `  - {name: one, apply: [${only}]}`;
    const addresses = new Map([
      ['x/a', ['10.0.0.1']],
      ['x/b', ['10.0.0.2']],
      ['x/w', ['10.0.0.3']],
    ]);
    for (const options of [{}, { addresses: { pods: addresses } }]) {
      const [step] = planOf({ steps }, options);
      expect(names(step, ({ expected }) => expected === 'closed')).to.deep.equal(['x/w->x/b:80/TCP via dns (wget)']);
      expect(step?.cells[0]?.explanation).to.contain(`${'addresses' in options ? '10.0.0.1' : '10.244.0.10'}/32`);
    }
  });

  it('refuses placeholders for which the cluster has no address', () => {
    const pods = policyText('p', '{egress: [{to: [{ipBlock: {cidr: "${podCIDR}"}}]}]}');
    const steps = `  - {name: one, apply: [${pods}]}`;
    const addresses = { pods: new Map([['x/a', ['10.0.0.1']]]) };
    const error = thrown(ScenarioError, () => planOf({ steps }, { addresses }));
    expect(error).to.include({
      code: 'placeholder-unknown',
      message: 'NetworkPolicy p: nothing is known for ${podCIDR}',
    });
    expect(planOf({ steps }, { addresses: { ...addresses, podCidr: '10.0.0.0/8' } })).to.have.length(1);
  });

  it('refuses a scenario in which nothing can show that traffic flows without a policy', () => {
    const steps = '[{name: comes, create: {x/b: {ports: [80]}}}]';
    const { problems } = reading(`title: t\nwhy: w\nnamespaces: {x: {pods: {a: {}}}}\nsteps: ${steps}\n`);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'scenario-no-cells: expected a cell before the first step, found none',
    ]);
  });

  it('judges a name that does not resolve only where the scenario says so', () => {
    const quiet = policyText('quiet', '{podSelector: {}, policyTypes: [Egress]}');
    const dns = (expectation: string) =>
      planOf({ steps: `  - {name: one, apply: [${quiet}]${expectation}}` })[0]?.cells.at(-1)?.expected;
    expect(dns('')).to.equal('reported');
    expect(dns(', expect: {deny: all, unresolved: ["x/w->*"]}')).to.equal('unresolved');
    expect(dns(', expect: {deny: all, reported: ["x/w->*"]}')).to.equal('reported');
  });

  it('lets later lines overrule earlier ones', () => {
    const some = policyText(
      'p',
      '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 80}]}]}',
    );
    const steps = `  - {name: one, apply: [${some}], expect: {deny: ["*->x/b"], allow: ["x/a->x/b:80"]}}`;
    expect(names(planOf({ steps })[0], ({ expected }) => expected === 'closed')).to.deep.equal([
      'x/a->x/b:81/UDP via pod-ip',
      'x/w->x/b:80/TCP via dns (wget)',
    ]);
  });

  it('has the limits of the design unless a step says otherwise', () => {
    const steps = `  - {name: one}\n  - {name: two, budget: 10s, hold: 500ms, apply: [${deny}], label: {x/a: {v: w}}, flaps: allowed}`;
    expect(
      planOf({ steps }).map(({ budgetMs, holdMs, flapsAllowed }) => [budgetMs, holdMs, flapsAllowed]),
    ).to.deep.equal([
      [5000, 1000, false],
      [10_000, 500, true],
    ]);
  });
});
