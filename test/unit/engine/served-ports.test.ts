import { expect } from 'chai';
import type { ScenarioPod } from '../../../src/core/scenario/scenario.ts';
import { servedIn, silentPorts, withServed } from '../../../src/engine/served-ports.ts';
import { aPlan, aRecord, attempts, healthy } from '../../support/judge/step.ts';

describe('ports of pods without an agent', () => {
  const span = { fromMs: 0, toMs: 9_000 };
  const marks = new Map([['y/b', 'ready since 1, restarted 0 times']]);
  const baseline = aRecord([{ planned: aPlan(), attempts: attempts(0, 500, () => 'open') }]);
  const served = servedIn(baseline, marks, new Set(['y/b 80/TCP']));

  it('are bound as in the baseline, while the pod stays ready', () => {
    const agents = withServed(new Map(), served, marks, span);
    expect(agents.get('y/b')?.bound).to.deep.equal(new Map([['80/TCP', [span]]]));
  });

  it('are unknown once the pod was restarted, or was not ready for a while', () => {
    expect(withServed(new Map(), served, new Map([['y/b', 'another mark']]), span).size).to.equal(0);
    expect(withServed(new Map(), served, new Map(), span).size).to.equal(0);
  });

  it('are bound beside those that the agent of another container tells of', () => {
    const own = healthy('y/b', { bound: new Map([['81/TCP', []]]) });
    const bound = withServed(new Map([['y/b', own]]), served, marks, span).get('y/b')?.bound;
    expect(bound).to.deep.equal(
      new Map([
        ['81/TCP', []],
        ['80/TCP', [span]],
      ]),
    );
  });

  it('are those of pods without an agent, and of containers beside the one that has it', () => {
    const served = (port: number): ScenarioPod['ports'][number] => ({ port, protocol: 'TCP' });
    const pod: ScenarioPod = {
      namespace: 'x',
      name: 'a',
      labels: {},
      image: 'node',
      ports: [served(80), served(9000)],
      containers: [{ name: 'proxy', sidecar: true, ports: [served(9000)] }],
      probes: 'agent',
      identityPage: false,
    };
    expect([...silentPorts([pod])]).to.deep.equal(['x/a 9000/TCP']);
    expect([...silentPorts([{ ...pod, probes: undefined }])]).to.deep.equal(['x/a 80/TCP', 'x/a 9000/TCP']);
  });

  it('are what an agent says where there is one, and none that did not answer', () => {
    const own = healthy('y/b', { bound: new Map() });
    const told = servedIn(baseline, marks, new Set());
    expect(withServed(new Map([['y/b', own]]), told, marks, span).get('y/b')).to.equal(own);
    const silent = aRecord([{ planned: aPlan(), attempts: attempts(0, 500, () => 'dropped') }]);
    expect(servedIn(silent, marks, new Set(['y/b 80/TCP'])).ports.size).to.equal(0);
  });
});
