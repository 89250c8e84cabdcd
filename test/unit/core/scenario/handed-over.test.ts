import { expect } from 'chai';
import { cellName } from '../../../../src/core/matrix/cell.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';
import { policyText, scenarioOf } from '../../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80]}
      c: {labels: {app: c}, ports: [80]}`;
const of = (app: string, type: string) =>
  policyText('deny', `{podSelector: {matchLabels: {app: ${app}}}, policyTypes: [${type}]}`);

/** The cells that the second of two policies of one name takes over from the first. */
function handedOver(first: string, second: string): readonly string[] {
  const steps = `  - {name: one, apply: [${first}]}\n  - {name: two, apply: [${second}]}`;
  const cells = plan(scenarioOf({ pods: PODS, steps }))[1]?.cells ?? [];
  return cells.filter((planned) => planned.handedOver === true).map(({ cell }) => cellName(cell));
}

describe('a closed cell', () => {
  it('is handed over where its source kept it closed and its destination does now, or the other way round', () => {
    const cells = ['x/b->x/a:80/TCP via pod-ip'];
    expect(handedOver(of('b', 'Egress'), of('a', 'Ingress'))).to.deep.equal(cells);
    expect(handedOver(of('a', 'Ingress'), of('b', 'Egress'))).to.deep.equal(cells);
  });

  it('is handed over through a Service too', () => {
    expect(handedOver(of('a', 'Egress'), of('b', 'Ingress'))).to.deep.equal([
      'x/a->x/b:80/TCP via pod-ip',
      'x/a->x/b:80/TCP via cluster-ip',
    ]);
  });

  it('is not handed over where one end keeps it closed all the time, or it is closed for the first time', () => {
    expect(handedOver(of('b', 'Egress'), of('b', 'Egress, Ingress'))).to.deep.equal([]);
    expect(handedOver(of('b', '"Egress"'), of('c', 'Ingress'))).to.deep.equal(['x/b->x/c:80/TCP via pod-ip']);
    expect(handedOver(of('a', 'Ingress'), of('a', 'Ingress'))).to.deep.equal([]);
  });
});
