import { expect } from 'chai';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import { initialPodLabels, podLabelsAfter } from '../../../src/core/scenario/pod-labels.ts';
import { backendsOf, endpointsOf } from '../../../src/engine/backends.ts';
import { webScenario } from '../../support/engine/web-scenario.ts';

const scenario = webScenario([]);
const cell: Cell = {
  from: 'x/client',
  to: 'x/web',
  port: 80,
  protocol: 'TCP',
  path: 'cluster-ip',
  family: 'IPv4',
  method: 'agent',
};
const labels = initialPodLabels(scenario);

describe('endpointsOf', () => {
  it('finds the pods behind the Service ports that cells dial, with their own ports', () => {
    expect([...endpointsOf(scenario, labels, [cell])]).to.deep.equal([['x/web:80/TCP', [{ pod: 'x/web', port: 80 }]]]);
  });

  it('follows labels that a step changes', () => {
    const changed = podLabelsAfter(labels, [
      { kind: 'label-pod', pod: 'x/web', labels: { app: null } },
      { kind: 'label-pod', pod: 'x/client', labels: { app: 'web' } },
    ]);
    expect([...endpointsOf(scenario, changed, [cell]).values()]).to.deep.equal([[{ pod: 'x/client', port: 80 }]]);
  });

  it('has nothing for pods dialled by their address, and no pod for a port that the Service has not', () => {
    expect(endpointsOf(scenario, labels, [{ ...cell, path: 'pod-ip' }]).size).to.equal(0);
    expect([...endpointsOf(scenario, labels, [{ ...cell, port: 81 }]).values()]).to.deep.equal([[]]);
  });
});

describe('backendsOf', () => {
  it('holds only pods that were ready throughout for ready', () => {
    const endpoints = endpointsOf(scenario, labels, [cell]);
    const span = { fromMs: 1, toMs: 2 };
    expect(backendsOf(endpoints, new Set(['x/web']), span).get('x/web:80/TCP')?.[0]?.ready).to.deep.equal([span]);
    expect(backendsOf(endpoints, new Set(), span).get('x/web:80/TCP')?.[0]?.ready).to.deep.equal([]);
  });
});
