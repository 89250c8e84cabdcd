import { expect } from 'chai';
import { servedIn, withServed } from '../../../src/engine/served-ports.ts';
import { aPlan, aRecord, attempts, healthy } from '../../support/judge/step.ts';

describe('ports of pods without an agent', () => {
  const span = { fromMs: 0, toMs: 9_000 };
  const marks = new Map([['y/b', 'ready since 1, restarted 0 times']]);
  const baseline = aRecord([{ planned: aPlan(), attempts: attempts(0, 500, () => 'open') }]);
  const served = servedIn(baseline, marks);

  it('are bound as in the baseline, while the pod stays ready', () => {
    const agents = withServed(new Map(), served, marks, span);
    expect(agents.get('y/b')?.bound).to.deep.equal(new Map([['80/TCP', [span]]]));
  });

  it('are unknown once the pod was restarted, or was not ready for a while', () => {
    expect(withServed(new Map(), served, new Map([['y/b', 'another mark']]), span).size).to.equal(0);
    expect(withServed(new Map(), served, new Map(), span).size).to.equal(0);
  });

  it('are what an agent says where there is one, and none that did not answer', () => {
    const own = healthy('y/b', { bound: new Map() });
    expect(withServed(new Map([['y/b', own]]), served, marks, span).get('y/b')).to.equal(own);
    const silent = aRecord([{ planned: aPlan(), attempts: attempts(0, 500, () => 'dropped') }]);
    expect(servedIn(silent, marks).ports.size).to.equal(0);
  });
});
