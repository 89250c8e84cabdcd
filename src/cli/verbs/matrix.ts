import { Command, Option } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import type { Verdict } from '../../core/oracle/decision.ts';
import { fateGroups } from '../../core/oracle/fate-groups.ts';
import { type MatrixRow, matrixRows } from '../../core/oracle/matrix-table.ts';
import { compile } from '../../core/oracle/oracle.ts';
import { portText } from '../../core/oracle/policy-ports.ts';
import { type WholeMatrix, wholeMatrix } from '../../core/oracle/whole-matrix.ts';
import { formatMatrix } from '../../reporters/matrix.ts';
import { outputOn } from '../../reporters/output.ts';
import type { MatrixCell } from '../../reporters/symbols.ts';
import { DEFAULT_PORTS } from '../asked-ports.ts';
import { collect } from '../collect.ts';
import { type MatrixOptions, matrixRequest, outsideOption } from '../matrices.ts';
import { addOracleOptions, choicesOf, type OracleVerbOptions, readSource, toStdout } from '../oracle-options.ts';

interface MatrixVerbOptions extends OracleVerbOptions, MatrixOptions {
  readonly format: 'table' | 'json' | 'csv';
  readonly group: boolean;
}

/** `netproof matrix`: who may reach whom. */
export function matrixCommand(write: (text: string) => void = toStdout): Command {
  const command = new Command('matrix')
    .description('say who may reach whom; needs no cluster')
    .argument('[files...]', 'manifests and folders of them, or one scenario')
    .option('--port <ports>', `ports to ask for: 80,53/UDP (default: ${DEFAULT_PORTS})`, collect, [])
    .addOption(new Option('--format <format>', 'how to print').choices(['table', 'json', 'csv']).default('table'))
    .addOption(outsideOption())
    .option('--no-group', 'show every end, also those that have the same fate; CSV always does');
  return addOracleOptions(command).action(async (files: readonly string[], options: MatrixVerbOptions) => {
    const { state } = await readSource(files, options);
    if (state.pods.length === 0) throw noPods();
    const oracle = compile(state, choicesOf(options));
    write(`${printed(wholeMatrix(oracle, matrixRequest([oracle], options)), options)}\n`);
  });
}

/** There is nothing to make a matrix of. */
export function noPods(): UsageError {
  const hint = 'add manifests of pods or workloads, or read a cluster with --kubeconfig';
  return new UsageError({ code: 'no-pods', message: 'there are no pods in the input', hint });
}

function printed(matrix: WholeMatrix, { format, group }: MatrixVerbOptions): string {
  const { ends } = matrix;
  const grouped = group && format !== 'csv';
  const groups = grouped ? fateGroups(matrix) : [...ends.keys()].map((end) => [end]);
  const rows = matrixRows(matrix, groups);
  if (format === 'csv') return csv(rows);
  const members = groups.map((indexes) => indexes.map((end) => ends[end]?.name ?? ''));
  const stands = ends.flatMap((end) => (end.stands === undefined ? [] : [{ name: end.name, stands: end.stands }]));
  if (format === 'json') return JSON.stringify({ groups: members, outside: stands, connections: rows }, null, 2);
  const output = outputOn(process.stdout);
  const legend = [
    ...members
      .filter((names) => names.length > 1)
      .map(([first, ...others]) => `${first}+${others.length}: ${[first, ...others].join(' ')}`),
    ...stands.map((end) => `${end.name}: ${end.stands}`),
    ...matrix.ports.flatMap((port) => (port.others ? [`${port.port}/${port.protocol}: ${portText(port)}`] : [])),
  ];
  return [formatMatrix({ cells: rows.map(cellOf) }, output), ...legend].join('\n');
}

const EXPECTED: Readonly<Record<Verdict, MatrixCell['expected']>> = {
  allowed: 'open',
  denied: 'closed',
  undefined: 'reported',
};

function cellOf({ from, to, port, protocol, verdict }: MatrixRow): MatrixCell {
  const cell = { from, to, port, protocol, path: 'pod-ip', family: 'IPv4', method: 'agent' } as const;
  return { cell, expected: EXPECTED[verdict] };
}

function csv(rows: readonly MatrixRow[]): string {
  const lines = rows.map(({ from, to, port, protocol, verdict }) => [from, to, port, protocol, verdict].join(','));
  return ['from,to,port,protocol,verdict', ...lines].join('\n');
}
