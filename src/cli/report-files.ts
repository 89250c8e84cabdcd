import type { Command } from 'commander';
import type { Difference } from '../core/result/difference/difference.ts';
import type { RunResult } from '../core/result/result.ts';
import { writeHtml } from '../reporters/html/html.ts';
import { writeJunit } from '../reporters/junit.ts';
import { writeMarkdown } from '../reporters/markdown/markdown.ts';
import { requireWritable } from '../reporters/write-file.ts';

/** The files that reports are written to. */
export interface ReportFiles {
  readonly html?: string;
  readonly markdown?: string;
  readonly junit?: string;
}

/** Adds the options that name the files of reports of one result. */
export function addReportOptions(command: Command): Command {
  return addPageOptions(command).option('--junit <file>', 'write a JUnit report to this file');
}

/** Adds the options of the reports that can also show a difference. */
export function addPageOptions(command: Command): Command {
  return command
    .option('--html <file>', 'write a report for the browser, one file that needs nothing else')
    .option('--markdown <file>', 'write a Markdown report; $GITHUB_STEP_SUMMARY is appended to');
}

/** Rejects with `UsageError`, before the work that they report on, where a report could not be written. */
export async function requireWritableReports(files: readonly (string | undefined)[]): Promise<void> {
  for (const file of files) if (file !== undefined) await requireWritable(file);
}

/** Writes the reports that were asked for, each whatever became of the others. Rejects with `UsageError` where one cannot be written. */
export async function writeReports(
  { html, markdown, junit }: ReportFiles,
  result: RunResult,
  difference: Difference | null = null,
): Promise<void> {
  const written = await Promise.allSettled([
    junit === undefined ? undefined : writeJunit(junit, result),
    markdown === undefined ? undefined : writeMarkdown(markdown, result, difference),
    html === undefined ? undefined : writeHtml(html, result, difference),
  ]);
  const failed = written.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
