import type { Command } from 'commander';
import type { Difference } from '../core/result/difference/difference.ts';
import type { RunResult } from '../core/result/result.ts';
import { writeHtml } from '../reporters/html/html.ts';
import { writeJunit } from '../reporters/junit.ts';
import { writeMarkdown } from '../reporters/markdown/markdown.ts';

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

/** Writes the reports that were asked for. Rejects with `UsageError` where one cannot be written. */
export async function writeReports(
  { html, markdown, junit }: ReportFiles,
  result: RunResult,
  difference: Difference | null = null,
): Promise<void> {
  if (junit !== undefined) await writeJunit(junit, result);
  if (markdown !== undefined) await writeMarkdown(markdown, result, difference);
  if (html !== undefined) await writeHtml(html, result, difference);
}
