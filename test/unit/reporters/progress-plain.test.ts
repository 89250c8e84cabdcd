import { expect } from 'chai';
import { plainProgress } from '../../../src/reporters/progress-plain.ts';
import { manualTicker } from './manual-ticker.ts';

describe('plainProgress', () => {
  const recorded = () => {
    const lines: string[] = [];
    const ticker = manualTicker();
    return { lines, ticker, progress: plainProgress({ write: (line) => lines.push(line), ticker }) };
  };

  it('prints a line at the start and one at the end of each step', () => {
    const { lines, ticker, progress } = recorded();
    progress.step('create the cluster', 1, 2);
    ticker.advance(23_000);
    progress.step('install calico v3.28.5', 2, 2);
    ticker.advance(2_000);
    progress.done();
    expect(lines).to.deep.equal([
      '[1/2] create the cluster ...\n',
      '[1/2] create the cluster: done in 23 s\n',
      '[2/2] install calico v3.28.5 ...\n',
      '[2/2] install calico v3.28.5: done in 2.0 s\n',
    ]);
  });

  it('says every 30 s what a long step is doing, and nothing before', () => {
    const { lines, ticker, progress } = recorded();
    progress.step('build kubelet');
    progress.detail('k8s.io/kubernetes/pkg/kubelet');
    ticker.advance(29_999);
    expect(lines).to.have.length(1);
    ticker.advance(30_001);
    expect(lines.slice(1)).to.deep.equal([
      '      still at it after 30 s: k8s.io/kubernetes/pkg/kubelet\n',
      '      still at it after 1 min 00 s: k8s.io/kubernetes/pkg/kubelet\n',
    ]);
  });

  it('keeps notes, and does not end a step twice', () => {
    const { lines, progress } = recorded();
    progress.note('registry not reachable');
    progress.done();
    progress[Symbol.dispose]();
    expect(lines).to.deep.equal(['registry not reachable\n']);
  });

  it('says that a step did not finish when it is disposed with one open, and stops its timer', () => {
    const { lines, ticker, progress } = recorded();
    progress.step('create the cluster');
    ticker.advance(4_000);
    progress[Symbol.dispose]();
    expect(lines.at(-1)).to.equal('create the cluster: not finished, after 4.0 s\n');
    expect(ticker.running).to.equal(0);
  });
});
