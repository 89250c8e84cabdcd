import { Command } from 'commander';
import { loadResult } from '../../adapters/files/load-result.ts';
import { closingLines } from '../../reporters/closing.ts';
import { type Output, outputOn } from '../../reporters/output.ts';
import { failedScenarioLines } from '../../reporters/scenario-lines.ts';
import { requireDistinct } from '../distinct-files.ts';
import { addReportOptions, type ReportFiles, writeReports } from '../report-files.ts';

/** `netproof report`: makes reports of a stored result; without a file to write, says in the terminal what failed and what it came to. */
export function reportCommand(output: () => Output = () => outputOn(process.stdout)): Command {
  const command = new Command('report')
    .description('make reports of a stored result')
    .argument('<result>', 'a result.json');
  return addReportOptions(command).action(async (file: string, files: ReportFiles) => {
    requireDistinct({ inputs: [file], outputs: Object.values(files) });
    const result = await loadResult(file);
    if (Object.keys(files).length === 0) {
      const printed = output();
      printed.print([...failedScenarioLines(result, printed), ...closingLines(result, printed)]);
      return;
    }
    await writeReports(files, result);
  });
}
