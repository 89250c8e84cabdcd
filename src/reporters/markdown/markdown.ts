import type { Difference } from '../../core/result/difference/difference.ts';
import type { RunResult } from '../../core/result/result.ts';
import { formatElapsed } from '../elapsed.ts';
import { counted } from '../words.ts';
import { appendText, writeWhole } from '../write-file.ts';
import { cardSection } from './card-section.ts';
import { differenceSection } from './difference-section.ts';
import { inline } from './escape.ts';
import { failureSection } from './failure-section.ts';
import { latencySection } from './latency-section.ts';

/**
 * Writes a Markdown report, whole or not at all; to the file that GitHub Actions names in `GITHUB_STEP_SUMMARY` it is
 * appended, for other commands of a job write there too. Rejects with `UsageError` where it cannot be written.
 */
export async function writeMarkdown(
  file: string,
  result: RunResult,
  difference: Difference | null = null,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const text = formatMarkdown(result, difference);
  if (file === env.GITHUB_STEP_SUMMARY) await appendText(file, text);
  else await writeWhole(file, text);
}

/** A result as Markdown for a CI summary: counts, difference to an earlier run, failures, card, times. */
export function formatMarkdown(result: RunResult, difference: Difference | null = null): string {
  const sections = [
    headSection(result),
    ...(difference === null ? [] : [differenceSection(difference)]),
    failureSection(result.scenarios),
    cardSection(result.card),
    latencySection(result.latency),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const SIGNS = { passed: '✅', failed: '❌', known: '⚠️', flaky: '🔀', inconclusive: '❔', skipped: '⏭️' } as const;

function headSection({ run, summary }: RunResult): string {
  const { cluster, cni } = run;
  const plugin = [cni.name, cni.version].filter(Boolean).join(' ');
  const counts = (['failed', 'flaky', 'inconclusive', 'known', 'passed', 'skipped'] as const)
    .filter((status) => summary[status] > 0)
    .map((status) => `${SIGNS[status]} ${summary[status]} ${status === 'known' ? 'known to fail' : status}`);
  const skips = Object.entries(summary.skippedBy).map(([reason, times]) => `- ${times} skipped: ${inline(reason)}`);
  return [
    `## netproof: ${inline(plugin)} on Kubernetes ${inline(cluster.kubernetes)}`,
    '',
    `**${counts.join(' · ') || 'nothing ran'}**`,
    '',
    `${counted(summary.scenarios, 'scenario')}, ${counted(summary.cells, 'cell')}, ${counted(summary.attempts, 'attempt')} in ${formatElapsed(run.duration_ms)}; ${inline(cluster.provider)} with ${counted(cluster.nodes, 'node')}, ${inline(cluster.ipFamily)}, started ${run.started}.`,
    ...(run.simulated ? ['', '**Simulated: this says nothing about a real cluster.**'] : []),
    ...(run.interrupted ? ['', '**Interrupted: the rest did not run.**'] : []),
    ...(skips.length > 0 ? ['', ...skips] : []),
  ].join('\n');
}
