import { Command, CommanderError } from 'commander';
import { NetproofError } from '../core/diagnostics/errors.ts';
import { formatError } from '../reporters/error.ts';
import { version } from '../version.ts';
import { Interrupted } from './interrupt.ts';
import { checkCommand } from './verbs/check.ts';
import { cleanCommand } from './verbs/clean.ts';
import { diffCommand } from './verbs/diff.ts';
import { doctorCommand } from './verbs/doctor.ts';
import { downCommand } from './verbs/down.ts';
import { explainCommand } from './verbs/explain.ts';
import { impactCommand } from './verbs/impact.ts';
import { listCommand } from './verbs/list.ts';
import { matrixCommand } from './verbs/matrix.ts';
import { reportCommand } from './verbs/report.ts';
import { runCommand } from './verbs/run.ts';
import { showCommand } from './verbs/show.ts';
import { statusCommand } from './verbs/status.ts';
import { upCommand } from './verbs/up.ts';

const EXIT_CODES = `
Exit codes:
  0    all as expected
  1    the plugin did not enforce as expected
  2    usage or scenario error; nothing was applied
  3    could not find out: cluster or probe trouble
  130  interrupted; what the run had made was removed`;

/** The whole command line, ready to parse. */
function netproof(): Command {
  const program = new Command('netproof')
    .description('Proves on a real Kubernetes cluster that its network plugin enforces NetworkPolicy.')
    .version(version())
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(see --help)');
  const verbs = [
    runCommand,
    upCommand,
    downCommand,
    statusCommand,
    doctorCommand,
    listCommand,
    showCommand,
    checkCommand,
    explainCommand,
    matrixCommand,
    impactCommand,
    reportCommand,
    diffCommand,
    cleanCommand,
  ];
  for (const verb of verbs) program.addCommand(verb().exitOverride().showHelpAfterError('(see --help)'));
  return program.exitOverride();
}

/** Parses and runs `args` (without the program's own name); resolves with the exit code, having printed any error. */
export async function runProgram(args: readonly string[]): Promise<number> {
  try {
    await netproof().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOfError(error);
  }
}

function exitCodeOfError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) return 130;
  process.stderr.write(`${formatError(error, { stream: process.stderr })}\n`);
  return error instanceof NetproofError ? error.exitCode : 3;
}
