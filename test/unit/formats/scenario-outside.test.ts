import { expect } from 'chai';
import { cellName } from '../../../src/core/matrix/cell.ts';
import { cellsOf } from '../../../src/core/scenario/cells.ts';
import { needsOf } from '../../../src/core/scenario/needs.ts';
import { reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

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

  it('keeps the name of the hosts for them', () => {
    const text = scenarioText({ head: HEAD }).replace('  x:', '  outside:');
    expect(reading(text).problems.map(({ message }) => message)).to.deep.equal([
      'namespaces.outside: expected another name than "outside", which the hosts outside have, found "outside"',
    ]);
  });
});
