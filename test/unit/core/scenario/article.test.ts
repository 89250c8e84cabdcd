import { expect } from 'chai';
import { loadScenarios } from '../../../../src/adapters/files/load-scenarios.ts';
import { cellName } from '../../../../src/core/matrix/cell.ts';
import type { Expected } from '../../../../src/core/matrix/expected.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';
import type { PlannedStep } from '../../../../src/core/scenario/planned-step.ts';

const stepsOf = (name: string): readonly PlannedStep[] => {
  const [scenario] = loadScenarios([`article/${name}`]);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return plan(scenario);
};
const cellsOf = (step: PlannedStep | undefined, expected: Expected) =>
  (step?.cells ?? []).filter((cell) => cell.expected === expected).map(({ cell }) => cellName(cell));
const closedTo = (step: PlannedStep | undefined) => [
  ...new Set((step?.cells ?? []).filter(({ expected }) => expected !== 'open').map(({ cell }) => cell.to)),
];

describe("the article's scenarios", () => {
  it('banning-all-traffic closes the web pod to everybody, wget included, and nothing else', () => {
    const [none, banned, after] = stepsOf('banning-all-traffic');
    expect(closedTo(none)).to.deep.equal([]);
    expect(cellsOf(banned, 'closed')).to.include.members([
      'default/alpine->default/web:80/TCP via dns (wget)',
      'default/client->default/web:80/TCP via pod-ip',
      'default/client->default/web:80/TCP via cluster-ip',
      'elsewhere/client->default/web:80/TCP via pod-ip',
    ]);
    expect(closedTo(banned)).to.deep.equal(['default/web']);
    expect(
      banned?.cells.filter(({ cell }) => cell.to === 'default/web').every(({ expected }) => expected === 'closed'),
    ).to.equal(true);
    expect(closedTo(after)).to.deep.equal([]);
  });

  it('traffic-restriction lets in pods of the application, of its own namespace only', () => {
    const [, restricted] = stepsOf('traffic-restriction');
    expect(cellsOf(restricted, 'closed').sort()).to.deep.equal([
      'default/stranger->default/apiserver:80/TCP via cluster-ip',
      'default/stranger->default/apiserver:80/TCP via pod-ip',
      'default/stranger-alpine->default/apiserver:80/TCP via dns (wget)',
      'elsewhere/frontend->default/apiserver:80/TCP via cluster-ip',
      'elsewhere/frontend->default/apiserver:80/TCP via pod-ip',
    ]);
    expect(cellsOf(restricted, 'open')).to.include('default/frontend-alpine->default/apiserver:80/TCP via dns (wget)');
  });

  it('resolution-all-traffic keeps the web pod open beside the ban in both orders, and not after it', () => {
    const closed = stepsOf('resolution-all-traffic').map((step) => [step.name, closedTo(step).length]);
    expect(closed).to.deep.equal([
      ['no policy', 0],
      ['resolution-all-traffic', 0],
      ['banning-all-traffic after it', 0],
      ['resolution-all-traffic deleted', 1],
      ['resolution-all-traffic after banning-all-traffic', 0],
      ['its rule with selectors in its place', 0],
      ['the rule with selectors deleted', 1],
      ['banning-all-traffic deleted', 0],
      ['the rule with selectors alone', 0],
    ]);
  });

  it('example-network-policy opens one port a way, and closes DNS', () => {
    const [, applied] = stepsOf('example-network-policy');
    const ofApp = (end: 'from' | 'to', name: string, expected: Expected, path: string) =>
      (applied?.cells ?? [])
        .filter(({ cell, expected: is }) => cell[end] === `example-namespace/${name}` && is === expected)
        .filter(({ cell }) => cell.path === path)
        .map(({ cell }) => `${cell.from.split('/')[1]}->${cell.to.split('/')[1]}:${cell.port}`);
    expect(ofApp('to', 'example-app', 'open', 'pod-ip')).to.deep.equal(['allowed-app->example-app:80']);
    expect(ofApp('from', 'example-app', 'open', 'pod-ip')).to.deep.equal(['example-app->allowed-app:443']);
    expect(ofApp('from', 'example-app-alpine', 'open', 'cluster-ip')).to.deep.equal([
      'example-app-alpine->allowed-app:443',
    ]);
    expect(ofApp('from', 'example-app-alpine', 'unresolved', 'dns')).to.have.length(6);
    expect(ofApp('from', 'allowed-app-alpine', 'open', 'dns')).to.include('allowed-app-alpine->example-app:80');
    expect(cellsOf(applied, 'open')).to.include(
      'example-namespace/allowed-app->example-namespace/other:80/TCP via pod-ip',
    );
  });

  it('names what is left out of what is sent', () => {
    expect(loadScenarios(['article']).flatMap(({ notes }) => notes)).to.deep.equal([
      'status left out of scenarios/article/example-network-policy.policy.yaml:33:1',
    ]);
  });
});
