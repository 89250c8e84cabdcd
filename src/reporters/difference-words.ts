import type { Difference, LatencyDifference, ScenarioDifference } from '../core/result/difference/difference.ts';
import type { RunResult } from '../core/result/result.ts';

/** Which runs are compared: `calico v3.28.5 on Kubernetes v1.37.2 (2026-01-02 03:04) against calico v3.28.4 …`. */
export function differenceTitle({ before, after }: Pick<Difference, 'before' | 'after'>): string {
  return `${runWords(after)} against ${runWords(before)}`;
}

function runWords({ cni, cluster, started }: RunResult['run']): string {
  const plugin = [cni.name, cni.version].filter(Boolean).join(' ');
  return `${plugin} on Kubernetes ${cluster.kubernetes} (${started.slice(0, 16).replace('T', ' ')})`;
}

const CHANGES = {
  violated: 'newly violated',
  flaky: 'flaky',
  enforced: 'newly enforced',
  undecided: 'no longer decided',
  new: 'new',
  gone: 'gone',
} as const;

/** What became of a scenario, in words: `newly violated`, `new, failed`. */
export function changeWord({ change, after, before, cells }: ScenarioDifference): string {
  if (change === 'new') return `new, ${after}`;
  if (change === 'violated' && before === 'failed') return `${cells.length} more cells violated`;
  return CHANGES[change];
}

/** What became of a time, with the figures that say so. */
export function latencySentence(difference: LatencyDifference): string {
  const { change, measure, steps, beforeMs, afterMs, shiftMs, noiseMs, p, verdict } = difference;
  const what = `${change}, ${measure === 'settle' ? 'settled' : 'exposed'}`;
  const medians = `median ${Math.round(beforeMs)} ms, now ${Math.round(afterMs)} ms, over ${steps} steps`;
  if (verdict === 'too-few') return `${what}: ${medians}: too few steps to tell a shift from chance`;
  const figures = `shift ${signed(shiftMs)} ms, noise ${Math.round(noiseMs)} ms, p ${p < 0.0001 ? '< 0.0001' : p.toFixed(4)}`;
  const words = { slower: 'slower', faster: 'faster', same: 'no shift beyond the noise' }[verdict];
  return `${what}: ${words}: ${medians} (${figures})`;
}

function signed(ms: number): string {
  return `${ms > 0 ? '+' : ''}${Math.round(ms)}`;
}
