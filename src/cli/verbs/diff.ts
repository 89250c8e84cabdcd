import { Command } from 'commander';
import { loadResult } from '../../adapters/files/load-result.ts';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { compareRuns, exitCodeOfDifference } from '../../core/result/difference/compare-runs.ts';
import type { RunResult } from '../../core/result/result.ts';
import { differenceLines } from '../../reporters/difference.ts';
import { type Output, outputOn } from '../../reporters/output.ts';
import { requireDistinct } from '../distinct-files.ts';
import { addPageOptions, type ReportFiles, writeReports } from '../report-files.ts';

/** `netproof diff`: what changed from one run to another, in the terminal and in reports of the new one. */
export function diffCommand(output: () => Output = () => outputOn(process.stdout)): Command {
  const command = new Command('diff')
    .description('say what changed between two results; exits 1 when something got worse')
    .argument('<old>', 'an earlier result.json')
    .argument('<new>', 'a later result.json');
  return addPageOptions(command).action(async (oldFile: string, newFile: string, files: ReportFiles) => {
    requireDistinct({ inputs: [oldFile, newFile], outputs: Object.values(files) });
    const before = await loadReal(oldFile);
    const after = await loadReal(newFile);
    const difference = compareRuns(before, after);
    const printed = output();
    printed.print(differenceLines(difference, printed));
    await writeReports(files, after, difference);
    process.exitCode = exitCodeOfDifference(difference);
  });
}

async function loadReal(file: string): Promise<RunResult> {
  const result = await loadResult(file);
  if (!result.run.simulated) return result;
  throw new UsageError({
    code: 'simulated-result',
    message: `${file} is of a simulated run, which says nothing about a plugin`,
    hint: 'compare results of real clusters: run without --simulate',
  });
}
