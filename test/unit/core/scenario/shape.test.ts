import { expect } from 'chai';
import type { Change, Scenario } from '../../../../src/core/scenario/scenario.ts';
import { keepsPods, labelsBack, shapeOf } from '../../../../src/core/scenario/shape.ts';
import { policy, webScenario } from '../../../support/engine/web-scenario.ts';

const scenario = (...changes: Change[]): Scenario => webScenario([{ name: 'step', changes }]);
const apply = (manifest = policy('deny', { ingress: [] })): Change => ({ kind: 'apply', manifest });

describe('the shape of a scenario', () => {
  it('is the same whatever its steps do, and in whatever order fields stand', () => {
    const [one, other] = [scenario(), scenario(apply())];
    const turned = other.pods.map(
      (pod) => Object.fromEntries(Object.entries(pod).toReversed()) as unknown as typeof pod,
    );
    expect(shapeOf(one)).to.equal(shapeOf({ ...other, id: 'another', pods: turned }));
  });

  it('is another one with another label, port, namespace or Service', () => {
    const one = scenario();
    const [first, ...pods] = one.pods;
    const others: Scenario[] = [
      { ...one, pods: [{ ...first!, labels: { app: 'other' } }, ...pods] },
      { ...one, pods: [{ ...first!, ports: [] }, ...pods] },
      { ...one, namespaces: [...one.namespaces, { name: 'z', labels: {} }] },
      { ...one, services: [] },
      { ...one, realNames: 'run-last' },
    ];
    expect(new Set([one, ...others].map(shapeOf))).to.have.property('size', 6);
  });
});

describe('pods that are kept', () => {
  it('are those of scenarios that only change policies and labels', () => {
    expect(keepsPods(scenario(apply(), { kind: 'label-pod', pod: 'x/web', labels: { app: null } }))).to.equal(true);
  });

  it('are not those of a scenario that applies anything but policies', () => {
    const { policy: _, ...manifest } = policy('other', {});
    expect(keepsPods(scenario(apply({ ...manifest, kind: 'ConfigMap' })))).to.equal(false);
  });

  it('get the labels back that they had, and only what differs is patched', () => {
    const changed = scenario(
      { kind: 'label-pod', pod: 'x/web', labels: { app: null, tier: 'front' } },
      { kind: 'label-pod', pod: 'y/client', labels: { role: 'passing' } },
      { kind: 'label-pod', pod: 'y/client', labels: { role: 'other' } },
      { kind: 'label-namespace', namespace: 'y', labels: { team: 'a' } },
    );
    expect(labelsBack(changed)).to.deep.equal([
      { kind: 'label-pod', pod: 'x/web', labels: { app: 'web', tier: null } },
      { kind: 'label-namespace', namespace: 'y', labels: { team: null } },
    ]);
  });
});
