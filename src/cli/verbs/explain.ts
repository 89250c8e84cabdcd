import { Command, Option } from 'commander';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { fullName } from '../../core/model/pod-name.ts';
import { answer, answerText } from '../../core/oracle/answer.ts';
import { isPodEnd } from '../../core/oracle/connection.ts';
import { compile, type Oracle } from '../../core/oracle/oracle.ts';
import { type Question, questionOf } from '../../core/oracle/question.ts';
import { nearestName } from '../../formats/suggestion.ts';
import { parsePort } from '../asked-ports.ts';
import { addOracleOptions, choicesOf, type OracleVerbOptions, readSource, toStdout } from '../oracle-options.ts';
import { sayNote } from '../say-note.ts';

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
    const oracle = compile(state, choicesOf(options));
    const question = asked(oracle, options);
    for (const name of unlistedNamespaces(oracle, question)) {
      sayNote(`namespace ${name} is not in the input: taken to have no labels of its own`);
    }
    const answered = answer(oracle, question, positions);
    write(`${options.json ? JSON.stringify(answered, null, 2) : answerText(answered)}\n`);
  });
}

function asked(oracle: Oracle, { from, to, port, family }: ExplainOptions): Question {
  const question = questionOf(oracle, { from, to, ...parsePort(port), ...(family && { family }) });
  if ('unknown' in question) throw unknownEnd(oracle, question.unknown);
  const { to: target } = question;
  if (target.kind !== 'service') return question;
  const { ports, clusterIPs } = target.service;
  const served = ports.some((each) => each.port === target.port && each.protocol === question.protocol);
  if (served || clusterIPs.includes('None')) return question;
  const known = ports.map((each) => `${each.port}/${each.protocol}`).join(', ');
  const message = `Service ${fullName(target.service)} has no port ${target.port}/${question.protocol}`;
  const none = 'it has no ports: one of type ExternalName is another name, so ask for what that name stands for';
  const hint = ports.length === 0 ? none : `its ports are: ${known}`;
  throw new UsageError({ code: 'service-port-unknown', message, hint });
}

/** Namespaces of imagined pods of which the input says nothing. */
function unlistedNamespaces(oracle: Oracle, { from, to }: Question): readonly string[] {
  const ends = [from, ...(to.kind === 'end' ? [to.end] : [])];
  const names = ends.flatMap((end) => (isPodEnd(end) ? [end.pod.namespace] : []));
  return [...new Set(names)].filter((name) => !oracle.hasNamespace(name));
}

function unknownEnd(oracle: Oracle, text: string): UsageError {
  const [kind, known] = text.startsWith('service/')
    ? (['Service', oracle.services().map((service) => `service/${fullName(service)}`)] as const)
    : text.startsWith('node/')
      ? (['node', oracle.nodes().map(({ name }) => `node/${name}`)] as const)
      : (['pod', oracle.pods().map(fullName)] as const);
  const kinds = known.filter((name) => name.startsWith(`${text} (`) && !name.includes('#'));
  const near = kinds.length > 0 ? kinds.join('" or "') : nearestName(text, known);
  const hint = near === undefined ? `an end is ${ENDS}` : `did you mean "${near}"?`;
  const code = kind === 'Service' ? 'service-unknown' : 'end-unknown';
  return new UsageError({ code, message: `there is no ${kind} "${text.replace(/^(?:service|node)\//, '')}"`, hint });
}
