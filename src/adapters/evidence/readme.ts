import { failureName } from '../../core/result/failure-name.ts';
import type { StepCase } from '../../ports/evidence.ts';
import type { CollectedPart } from './folder-evidence.ts';

/** What lies in the folder, and what could not be had: for whoever opens it without the report. */
export function readmeOf({ scenario, result, run }: StepCase, parts: readonly CollectedPart[]): string {
  const missing = parts.flatMap((part) => part.missing);
  return [
    `# ${scenario.id}: ${result.name}`,
    '',
    `Run ${run}: ${result.status}${result.reason === null ? '' : `, ${result.reason}`}.`,
    `The change was sent at ${result.sent_at ?? 'no time: the step only observes'}, answered at ${result.answered_at ?? '-'}.`,
    '',
    ...result.failures.map((failure) => {
      const { expected, observed } = failure;
      return `- \`${failureName(failure)}\`: expected ${expected}, observed ${observed ?? 'nothing'}`;
    }),
    '',
    '## What is here',
    '',
    ...parts.flatMap(({ title, files }) => (files.length === 0 ? [] : [`- ${title}: ${files.join(', ')}`])),
    '',
    ...(missing.length === 0
      ? []
      : ['## What could not be had', '', ...missing.map((line) => `- ${oneLine(line)}`), '']),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
