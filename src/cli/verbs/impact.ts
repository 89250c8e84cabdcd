import { Command } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import type { ClusterState } from '../../core/model/cluster-state.ts';
import { fullName } from '../../core/model/pod-name.ts';
import { policyTypesOf } from '../../core/model/policy-types.ts';
import { appliedAfter, type ChangedConnection, type Impact, impact } from '../../core/oracle/impact.ts';
import { compile } from '../../core/oracle/oracle.ts';
import type { OutsideEnd } from '../../core/oracle/outside-ends.ts';
import { portText } from '../../core/oracle/policy-ports.ts';
import { wholeMatrix } from '../../core/oracle/whole-matrix.ts';
import { DEFAULT_PORTS } from '../asked-ports.ts';
import { collect } from '../collect.ts';
import { type MatrixOptions, matrixRequest, outsideOption } from '../matrices.ts';
import { addOracleOptions, choicesOf, type OracleVerbOptions, readSources, toStdout } from '../oracle-options.ts';
import { sayNote } from '../say-note.ts';
import { noPods } from './matrix.ts';

interface ImpactOptions extends OracleVerbOptions, MatrixOptions {
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
    .option('--port <ports>', `ports to ask for: 80,53/UDP (default: ${DEFAULT_PORTS})`, collect, [])
    .addOption(outsideOption())
    .option('--json', 'print JSON');
  return addOracleOptions(command).action(async (first: string, second: string | undefined, options: ImpactOptions) => {
    const live = options.kubeconfig !== undefined || options.context !== undefined;
    if (second === undefined && !live) throw nothingToCompare();
    const [olds, news] = second === undefined ? [[], [first]] : [[first], [second]];
    const { with: both } = options;
    const [old, now] = await readSources([...both, ...olds], [...both, ...news], options);
    if (old.state.pods.length === 0 || now.state.pods.length === 0) throw noPods();
    const choices = choicesOf(options);
    const after = appliedAfter(old.state, now.state);
    const [was, is] = [compile(old.state, choices), compile(after, choices)];
    const request = matrixRequest([was, is], options);
    const found = impact(wholeMatrix(was, request), wholeMatrix(is, request));
    for (const note of [...leftOut(found), ...keptTypes(after)]) sayNote(note);
    write(`${options.json ? JSON.stringify(found.changed, null, 2) : impactText(found.changed, request.outside)}\n`);
  });
}

function nothingToCompare(): UsageError {
  return new UsageError({
    code: 'impact-one-sided',
    message: 'expected manifests before and after, found one of them',
    hint: 'Give both, or add --kubeconfig FILE to ask what the manifests change on a live cluster.',
  });
}

function leftOut({ onlyBefore, onlyAfter }: Impact): readonly string[] {
  const note = (names: readonly string[], when: string) =>
    names.length === 0 ? [] : [`left out, for there only ${when}: ${names.join(', ')}`];
  return [...note(onlyBefore, 'before'), ...note(onlyAfter, 'after')];
}

function keptTypes({ policies }: ClusterState): readonly string[] {
  return policies.flatMap(({ metadata, spec: { keptPolicyTypes, ...spec } }) =>
    keptPolicyTypes === undefined || keptPolicyTypes.join() === policyTypesOf(spec).join()
      ? []
      : [`policyTypes of ${fullName(metadata)} stay [${keptPolicyTypes.join(', ')}]: neither version states them`],
  );
}

/** Prints what changes: opened first, then closed, then what is no longer or newly left open by Kubernetes. */
function impactText(changed: readonly ChangedConnection[], outside: readonly OutsideEnd[]): string {
  if (changed.length === 0) return 'nothing changes';
  const section = (title: string, of: readonly ChangedConnection[]) =>
    of.length === 0 ? [] : [`${title} (${of.length}):`, ...lines(of)];
  const named = new Set(changed.flatMap(({ from, to }) => [from, to]));
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
    ...outside.filter(({ name }) => named.has(name)).map(({ name, stands }) => `${name}: ${stands}`),
  ].join('\n');
}

/** One line for each pair of ends, with its ports. */
function lines(changed: readonly ChangedConnection[]): readonly string[] {
  return [...Map.groupBy(changed, ({ from, to }) => `${from} -> ${to}`)].map(
    ([pair, members]) => `  ${pair}: ${members.map(portText).join(', ')}`,
  );
}
