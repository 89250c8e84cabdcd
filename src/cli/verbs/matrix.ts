import { Command, Option } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { fullName } from '../../core/model/pod-name.ts';
import type { Verdict } from '../../core/oracle/decision.ts';
import { fateGroups } from '../../core/oracle/fate-groups.ts';
import { type MatrixRow, matrixRows } from '../../core/oracle/matrix-table.ts';
import { compile } from '../../core/oracle/oracle.ts';
import { type Reachability, reachability } from '../../core/oracle/reachability.ts';
import { formatMatrix } from '../../reporters/matrix.ts';
import { outputOn } from '../../reporters/output.ts';
import type { MatrixCell } from '../../reporters/symbols.ts';
import { askedPorts, collect } from '../asked-ports.ts';
import { addOracleOptions, type OracleVerbOptions, readSource, toStdout } from '../oracle-options.ts';

interface MatrixOptions extends OracleVerbOptions {
  readonly port: readonly string[];
  readonly format: 'table' | 'json' | 'csv';
  readonly group: boolean;
}

/** `netproof matrix`: who may reach whom. */
export function matrixCommand(write: (text: string) => void = toStdout): Command {
  const command = new Command('matrix')
    .description('say who may reach whom; needs no cluster')
    .argument('[files...]', 'manifests and folders of them, or one scenario')
    .option('--port <ports>', 'ports to ask for: 80,53/UDP (default: all that pods declare, else 80)', collect, [])
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json', 'csv']).default('table'))
    .option('--no-group', 'show every pod, also those that have the same fate');
  return addOracleOptions(command).action(async (files: readonly string[], options: MatrixOptions) => {
    const { state } = await readSource(files, options);
    if (state.pods.length === 0) throw noPods();
    const matrix = reachability(compile(state), askedPorts(options.port, [state]));
    const groups = options.group ? fateGroups(matrix) : [...matrix.pods.keys()].map((pod) => [pod]);
    write(`${printed(matrix, groups, options.format)}\n`);
  });
}

/** There is nothing to make a matrix of. */
export function noPods(): UsageError {
  const hint = 'add manifests of pods or workloads, or read a cluster with --kubeconfig';
  return new UsageError({ code: 'no-pods', message: 'there are no pods in the input', hint });
}

function printed(
  matrix: Reachability,
  groups: readonly (readonly number[])[],
  format: MatrixOptions['format'],
): string {
  const rows = matrixRows(matrix, groups);
  const members = groups.map((group) => group.map((pod) => nameOf(matrix, pod)));
  if (format === 'csv') return csv(rows);
  if (format === 'json') return JSON.stringify({ groups: members, connections: rows }, null, 2);
  const output = outputOn(process.stdout);
  const legend = members
    .filter((names) => names.length > 1)
    .map(([first, ...others]) => `${first}+${others.length}: ${[first, ...others].join(' ')}`);
  return [formatMatrix({ cells: rows.map(cellOf) }, output), ...legend].join('\n');
}

function nameOf({ pods }: Reachability, index: number): string {
  const pod = pods[index];
  return pod === undefined ? '' : fullName(pod);
}

const EXPECTED: Readonly<Record<Verdict, MatrixCell['expected']>> = {
  allowed: 'open',
  denied: 'closed',
  undefined: 'reported',
};

function cellOf({ from, to, port, protocol, verdict }: MatrixRow): MatrixCell {
  const known = (['TCP', 'UDP', 'SCTP'] as const).find((each) => each === protocol) ?? 'TCP';
  const cell = { from, to, port, protocol: known, path: 'pod-ip', family: 'IPv4', method: 'agent' } as const;
  return { cell, expected: EXPECTED[verdict] };
}

function csv(rows: readonly MatrixRow[]): string {
  const lines = rows.map(({ from, to, port, protocol, verdict }) => [from, to, port, protocol, verdict].join(','));
  return ['from,to,port,protocol,verdict', ...lines].join('\n');
}
