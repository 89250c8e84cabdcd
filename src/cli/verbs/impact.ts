import { Command } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import type { ChangedConnection } from '../../core/oracle/impact.ts';
import { impact } from '../../core/oracle/impact.ts';
import { compile } from '../../core/oracle/oracle.ts';
import { askedPorts, collect } from '../asked-ports.ts';
import { addOracleOptions, type OracleVerbOptions, readSource, toStdout } from '../oracle-options.ts';
import { noPods } from './matrix.ts';

interface ImpactOptions extends OracleVerbOptions {
  readonly port: readonly string[];
  readonly with: readonly string[];
  readonly json?: boolean;
}

/** `netproof impact`: what a change of policies opens and closes. */
export function impactCommand(write: (text: string) => void = toStdout): Command {
  const command = new Command('impact')
    .description('say which connections a change of policies opens and closes; needs no cluster')
    .argument(
      '<old>',
      'manifests before: a file or folder; alone, with --kubeconfig: what is to be added to the cluster',
    )
    .argument('[new]', 'manifests after')
    .option('--with <files>', 'manifests that are in both, such as pods and namespaces', collect, [])
    .option('--port <ports>', 'ports to ask for: 80,53/UDP (default: all that pods declare, else 80)', collect, [])
    .option('--json', 'print JSON');
  return addOracleOptions(command).action(async (first: string, second: string | undefined, options: ImpactOptions) => {
    const live = options.kubeconfig !== undefined || options.context !== undefined;
    if (second === undefined && !live) throw nothingToCompare();
    const [before, after] = second === undefined ? [[], [first]] : [[first], [second]];
    const [old, now] = [
      await readSource([...options.with, ...before], options),
      await readSource([...options.with, ...after], options),
    ];
    if (old.state.pods.length === 0 || now.state.pods.length === 0) throw noPods();
    const ports = askedPorts(options.port, [old.state, now.state]);
    const changed = impact(compile(old.state), compile(now.state), ports);
    write(`${options.json ? JSON.stringify(changed, null, 2) : impactText(changed)}\n`);
  });
}

function nothingToCompare(): UsageError {
  return new UsageError({
    code: 'impact-one-sided',
    message: 'expected manifests before and after, found one of them',
    hint: 'Give both, or add --kubeconfig FILE to ask what the manifests change on a live cluster.',
  });
}

/** Prints what changes: opened first, then closed, then what is no longer or newly left open by Kubernetes. */
function impactText(changed: readonly ChangedConnection[]): string {
  if (changed.length === 0) return 'nothing changes';
  const section = (title: string, of: readonly ChangedConnection[]) =>
    of.length === 0 ? [] : [`${title} (${of.length}):`, ...lines(of)];
  return [
    ...section(
      'opens',
      changed.filter(({ after }) => after === 'allowed'),
    ),
    ...section(
      'closes',
      changed.filter(({ after }) => after === 'denied'),
    ),
    ...section(
      'no longer defined by Kubernetes',
      changed.filter(({ after }) => after === 'undefined'),
    ),
  ].join('\n');
}

/** One line for each pair of pods, with its ports. */
function lines(changed: readonly ChangedConnection[]): readonly string[] {
  return [...Map.groupBy(changed, ({ from, to }) => `${from} -> ${to}`)].map(
    ([pair, members]) => `  ${pair}: ${members.map(({ port, protocol }) => `${port}/${protocol}`).join(', ')}`,
  );
}
