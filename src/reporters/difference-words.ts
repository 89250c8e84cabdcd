import type { Difference, LatencyDifference, ScenarioDifference } from '../core/result/difference/difference.ts';
import type { RunResult } from '../core/result/result.ts';
import { counted } from './words.ts';

/** Which runs are compared: `calico v3.28.5 on Kubernetes v1.37.2 (2026-01-02 03:04) against calico v3.28.4 …`. */
export function differenceTitle({ before, after }: Pick<Difference, 'before' | 'after'>): string {
  return `${runWords(after)} against ${runWords(before)}`;
}

function runWords({ cni, cluster, started }: RunResult['run']): string {
  const plugin = [cni.name, cni.version].filter(Boolean).join(' ');
  return `${plugin} on Kubernetes ${cluster.kubernetes} (${started.slice(0, 16).replace('T', ' ')})`;
}

/** What a difference comes to, in one line: whether something got worse, and whether that can be said. */
export function verdictOf({ worse, unfinished, scenarios }: Difference): string {
  const undecided = scenarios.filter(({ change }) => change === 'undecided').length;
  const missing = undecided > 0 ? `${counted(undecided, 'scenario')} no longer decided` : undefined;
  if (worse) return `worse than before${unfinished ? `, and ${CUT}` : ''}`;
  if (unfinished) return [CUT, missing].filter((words) => words !== undefined).join(': ');
  return missing === undefined ? 'nothing got worse' : `nothing worse, but ${missing}`;
}

/** Whether a difference leaves out what nobody knows: nothing got worse, and not everything was seen. */
export function isPartial({ worse, unfinished, scenarios }: Difference): boolean {
  return !worse && (unfinished || scenarios.some(({ change }) => change === 'undecided'));
}

const CUT = 'the new run did not get to its end';

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
  const medians = `median ${Math.round(beforeMs)} ms, now ${Math.round(afterMs)} ms, over ${counted(steps, 'step')}`;
  if (verdict === 'too-few') return `${what}: ${medians}: too few steps to tell a shift from chance`;
  const figures = `shift ${signed(shiftMs)} ms, noise ${Math.round(noiseMs)} ms, p ${p < 0.0001 ? '< 0.0001' : p.toFixed(4)}`;
  const words = { slower: 'slower', faster: 'faster', same: 'no shift beyond the noise' }[verdict];
  return `${what}: ${words}: ${medians} (${figures})`;
}

function signed(ms: number): string {
  return `${ms > 0 ? '+' : ''}${Math.round(ms)}`;
}
