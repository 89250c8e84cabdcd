import { expect } from 'chai';
import { stepChanges } from '../../../../src/core/result/step-changes.ts';
import type { Change } from '../../../../src/core/scenario/scenario.ts';
import { policy } from '../../../support/engine/web-scenario.ts';

const apply: Change = { kind: 'apply', manifest: policy('deny', {}) };
const remove: Change = { kind: 'delete', policy: { namespace: 'x', name: 'deny' } };
const kinds = (changes: readonly Change[], earlier: readonly Change[]) =>
  stepChanges(changes, earlier).map(({ kind }) => kind);

describe('what a step changed', () => {
  it('is a creation the first time, an update while the policy stands, a creation again after its deletion', () => {
    expect(stepChanges([apply], [])).to.deep.equal([{ kind: 'create', object: 'NetworkPolicy x/deny' }]);
    expect(kinds([apply], [apply])).to.deep.equal(['update']);
    expect(kinds([remove, apply, apply], [apply])).to.deep.equal(['delete', 'create', 'update']);
  });

  it('tells policies of one name in two namespaces apart', () => {
    const other: Change = { kind: 'apply', manifest: { ...policy('deny', {}), namespace: 'y' } };
    expect(kinds([other], [apply])).to.deep.equal(['create']);
  });

  it('names pods and namespaces that get other labels', () => {
    const relabels: Change[] = [
      { kind: 'label-pod', pod: 'x/a', labels: {} },
      { kind: 'label-namespace', namespace: 'x', labels: {} },
    ];
    expect(stepChanges(relabels, [])).to.deep.equal([
      { kind: 'relabel-pod', object: 'Pod x/a' },
      { kind: 'relabel-namespace', object: 'Namespace x' },
    ]);
  });

  it('names what it did to the plugin', () => {
    const disruptions: Change[] = [
      { kind: 'stop-agent' },
      { kind: 'start-agent' },
      { kind: 'restart-plugin', part: 'controller', how: 'kill' },
      { kind: 'restart-plugin', part: 'agent', how: 'delete', of: 'x/a' },
    ];
    expect(stepChanges(disruptions, [])).to.deep.equal([
      { kind: 'stop', object: 'plugin agent' },
      { kind: 'start', object: 'plugin agent' },
      { kind: 'restart', object: 'plugin controller' },
      { kind: 'restart', object: 'plugin agent of x/a' },
    ]);
  });

  it('names what it did to the API server', () => {
    const disruptions: Change[] = [
      { kind: 'restart-api-server' },
      { kind: 'cut-api-server' },
      { kind: 'join-api-server' },
    ];
    expect(stepChanges(disruptions, [])).to.deep.equal([
      { kind: 'restart', object: 'API server' },
      { kind: 'cut', object: 'API server' },
      { kind: 'join', object: 'API server' },
    ]);
  });
});
