import { expect } from 'chai';
import { cellName } from '../../../src/core/matrix/cell.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import { reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const steps = (pod: string) => `  - {name: one}\n  - {name: two, create: {x/c: ${pod}}}`;
const messageOf = (parts: Parameters<typeof scenarioText>[0]) => reading(scenarioText(parts)).problems[0]?.message;

describe('a pod that dials from its first instant', () => {
  it('probes pods and Services by address, over TCP, and is probed by agents', () => {
    const scenario = scenarioOf({ steps: steps('{image: alpine, firstInstant: true, ports: [8080]}') });
    const cells = plan(scenario)[1]!.cells.map(({ cell }) => cellName(cell));
    expect(cells.filter((name) => name.includes('x/c'))).to.have.members([
      'x/c->x/a:80/TCP via pod-ip (wget)',
      'x/c->x/b:80/TCP via pod-ip (wget)',
      'x/c->x/b:80/TCP via cluster-ip (wget)',
      'x/a->x/c:8080/TCP via pod-ip',
      'x/b->x/c:8080/TCP via pod-ip',
    ]);
  });

  it('is new in the step that makes it: closed from the first packet', () => {
    const scenario = scenarioOf({ steps: steps('{image: alpine, firstInstant: true}') });
    const fresh = plan(scenario)[1]!.cells.filter((planned) => planned.fresh);
    expect(fresh.map(({ cell }) => cell.from)).to.deep.equal(['x/c', 'x/c', 'x/c']);
  });

  it('is of the alpine image, serves TCP only, and is made by a step', () => {
    expect(messageOf({ steps: steps('{firstInstant: true}') })).to.include(
      'expected image alpine on a pod that dials from its first instant',
    );
    expect(messageOf({ steps: steps('{image: alpine, firstInstant: true, ports: [53/UDP]}') })).to.include(
      'expected TCP ports only',
    );
    expect(
      messageOf({ pods: '      a: {ports: [80], labels: {app: b}}\n      w: {image: alpine, firstInstant: true}' }),
    ).to.include('expected a pod that a step creates');
  });
});
