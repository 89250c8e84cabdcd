import { expect } from 'chai';
import { unreadyPods } from '../../../../src/adapters/cluster/unready-pods.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const start = Date.UTC(2026, 10, 24, 0, 24, 10, 700);
const starts = new Map([['worker', start]]);
const pod = (container: object, change: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'agent' },
  spec: { nodeName: 'worker' },
  status: { phase: 'Running', containerStatuses: [container], ...change },
});
const running = (startedAt: string, ready = true) => ({ ready, state: { running: { startedAt } } });
const names = (...pods: readonly KubeObject[]) => unreadyPods(pods, starts);

describe('unreadyPods', () => {
  it('passes over pods that run since their node was started', () => {
    expect(names(pod(running('2026-11-24T00:25:00Z')))).to.deep.equal([]);
    expect(names(pod(running('2026-11-24T00:24:10Z')))).to.deep.equal([]);
  });

  it('does not believe a status that is older than the start of the node', () => {
    expect(names(pod(running('2026-11-24T00:24:09Z')))).to.deep.equal(['agent']);
  });

  it('names pods that do not run or are not ready', () => {
    expect(names(pod(running('2026-11-24T00:25:00Z', false)))).to.deep.equal(['agent']);
    expect(names(pod({ ready: false, state: { terminated: { exitCode: 255 } } }))).to.deep.equal(['agent']);
    expect(names(pod({ ready: true, state: {} }))).to.deep.equal(['agent']);
    expect(names(pod({}, { containerStatuses: [] }))).to.deep.equal(['agent']);
  });

  it('leaves out what has ended well, and what waits for a node', () => {
    expect(names(pod({ ready: false }, { phase: 'Succeeded' }))).to.deep.equal([]);
    expect(names({ ...pod({}), spec: {} })).to.deep.equal([]);
  });
});
