import { Command, Option } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { fullName } from '../../core/model/pod-name.ts';
import type { Connection, End } from '../../core/oracle/connection.ts';
import { endOf } from '../../core/oracle/end-of.ts';
import { explain } from '../../core/oracle/explain.ts';
import { explainText } from '../../core/oracle/explain-text.ts';
import { compile, type Oracle } from '../../core/oracle/oracle.ts';
import { serviceConnections } from '../../core/oracle/service-connections.ts';
import { nearestName } from '../../formats/suggestion.ts';
import { parsePort } from '../asked-ports.ts';
import { addOracleOptions, type OracleVerbOptions, readSource, toStdout } from '../oracle-options.ts';

interface ExplainOptions extends OracleVerbOptions {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly json?: boolean;
}

const ENDS = 'a pod (x/a), an imagined pod by labels (x/app=web), a node (node/NAME) or an address';

/** `netproof explain`: which rule decides a connection, and why. */
export function explainCommand(write: (text: string) => void = toStdout): Command {
  const command = new Command('explain')
    .description('say which rule decides a connection, and why; needs no cluster')
    .argument('[files...]', 'manifests, and folders of them')
    .addOption(new Option('--from <end>', ENDS).makeOptionMandatory())
    .addOption(new Option('--to <end>', 'the same, or a Service (service/y/web)').makeOptionMandatory())
    .addOption(new Option('--port <port>', 'the port that is dialled: 80, 53/UDP').makeOptionMandatory())
    .option('--json', 'print JSON');
  return addOracleOptions(command).action(async (files: readonly string[], options: ExplainOptions) => {
    const { state, positions } = await readSource(files, options);
    const oracle = compile(state);
    const explanations = connectionsFor(oracle, options).map((each) => explain(oracle, each, positions));
    const text = options.json
      ? JSON.stringify(explanations.length === 1 ? explanations[0] : explanations, null, 2)
      : explanations.map(explainText).join('\n');
    write(`${text}\n`);
  });
}

/** What is asked: one connection, or one for each backend of a Service. */
function connectionsFor(oracle: Oracle, { from, to, port: portText }: ExplainOptions): readonly Connection[] {
  const { port, protocol } = parsePort(portText);
  const source = required(oracle, from);
  if (!to.startsWith('service/')) return [{ from: source, to: required(oracle, to), port, protocol }];
  const name = to.slice('service/'.length);
  const service = oracle.service(name);
  if (service === undefined) throw new UsageError({ code: 'service-unknown', message: `there is no Service ${name}` });
  const connections = serviceConnections(oracle, service, { from: source, port, protocol });
  if (connections.length > 0) return connections;
  const message = `Service ${name} has no backend on port ${port}/${protocol}: nothing would answer`;
  throw new UsageError({ code: 'service-without-backend', message });
}

function required(oracle: Oracle, text: string): End {
  const end = endOf(oracle, text);
  if (end !== undefined) return end;
  const near = nearestName(text, oracle.pods().map(fullName));
  const hint = near === undefined ? `an end is ${ENDS}` : `did you mean "${near}"?`;
  throw new UsageError({ code: 'end-unknown', message: `there is no pod "${text}"`, hint });
}
