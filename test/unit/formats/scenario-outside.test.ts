import { expect } from 'chai';
import { cellName } from '../../../src/core/matrix/cell.ts';
import { cellsOf } from '../../../src/core/scenario/cells.ts';
import { needsOf } from '../../../src/core/scenario/needs.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import { policyText, reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const HEAD = 'title: t\nwhy: w\noutside: {h: {ports: [80]}}';
const PODS =
  '      a: {labels: {app: a}, ports: [{port: 80, hostPort: 30080}]}\n      b: {labels: {app: b}, ports: [81]}';
const SERVICES = '      b: {selector: {app: b}, ports: [81], nodePort: Local}';

describe('a scenario with hosts outside and node addresses', () => {
  it('has their cells', () => {
    const head = `${HEAD}\npaths: [pod-ip, node-port, host-port, node]`;
    const scenario = scenarioOf({ head, pods: PODS, services: SERVICES });
    expect(cellsOf(scenario, ['IPv4']).map(cellName)).to.have.members([
      'x/a->x/b:81/TCP via pod-ip',
      'x/b->x/a:80/TCP via pod-ip',
      'outside/h->x/a:80/TCP via pod-ip',
      'outside/h->x/b:81/TCP via pod-ip',
      'x/a->outside/h:80/TCP via outside',
      'x/b->outside/h:80/TCP via outside',
      'x/a->x/b:81/TCP via node-port',
      'outside/h->x/b:81/TCP via node-port',
      'x/b->x/a:30080/TCP via host-port',
      'x/a->x/a:10250/TCP via node',
      'x/b->x/b:10250/TCP via node',
    ]);
    expect(needsOf(scenario)).to.deep.equal(['external-endpoint']);
    expect(scenario.exclusive).to.equal(true);
  });

  it('dials node addresses only where its paths say so, and NodePorts only of Services that have one', () => {
    const paths = (scenario: Parameters<typeof scenarioOf>[0]) =>
      new Set(cellsOf(scenarioOf(scenario), ['IPv4']).map(({ path }) => path));
    expect([...paths({ head: HEAD, pods: PODS, services: SERVICES })]).to.have.members([
      'pod-ip',
      'cluster-ip',
      'outside',
    ]);
    expect([...paths({ head: 'title: t\nwhy: w\npaths: [node-port, pod-ip]' })]).to.have.members(['pod-ip', 'dns']);
  });

  it('reports what policies do to pods on their node’s network, and runs such scenarios alone', () => {
    const pods =
      '      a: {labels: {app: a}, ports: [80]}\n      b: {labels: {app: b}, ports: [8080], hostNetwork: true}';
    const services = '      b: {selector: {app: b}, ports: [8080]}';
    const deny = policyText('deny', '{podSelector: {}}');
    const steps = `  - {name: one, apply: [${deny}], expect: {deny: all, reported: ["x/a->x/b"]}}`;
    const scenario = scenarioOf({ pods, services, steps });
    expect(scenario.exclusive).to.equal(true);
    const cells = plan(scenario)[0]!.cells.filter(({ cell }) => cell.path === 'pod-ip');
    expect(cells.map(({ cell, expected }) => [cell.from, expected])).to.deep.equal([
      ['x/a', 'reported'],
      ['x/b', 'reported'],
    ]);
  });

  it('refuses a port that the agent may not take on a node', () => {
    const text = scenarioText({ pods: '      a: {labels: {app: b}, ports: [80], hostNetwork: true}' });
    expect(reading(text).problems.map(({ message }) => message)).to.deep.equal([
      "namespaces.x.pods.a.ports[0]: expected a port from 1024 on for a pod on its node's network, found 80",
    ]);
  });

  it('keeps the name of the hosts for them', () => {
    const text = scenarioText({ head: HEAD }).replace('  x:', '  outside:');
    expect(reading(text).problems.map(({ message }) => message)).to.deep.equal([
      'namespaces.outside: expected another name than "outside", which the hosts outside have, found "outside"',
    ]);
  });
});
