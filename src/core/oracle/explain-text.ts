import { formatPath } from '../diagnostics/json-path.ts';
import { formatPosition } from '../diagnostics/position.ts';
import type { PolicyType } from '../model/policy.ts';
import type {
  Explanation,
  HalfExplanation,
  PartExplanation,
  PolicyExplanation,
  PolicyPart,
  Remedy,
  RuleExplanation,
} from './explanation.ts';

/** Prints an explanation for people: the verdict, then each direction with the policies that speak and their rules. */
export function explainText(explanation: Explanation): string {
  const { egress, ingress } = explanation;
  return [...verdictText(explanation), ...halfLines(egress), ...halfLines(ingress)].join('\n');
}

/** The first lines of an explanation: the verdict, and what it depends on. */
export function verdictText(explanation: Pick<Explanation, VerdictField>): readonly string[] {
  const { from, to, port, protocol, verdict, openQuestions } = explanation;
  const word = verdict === 'undefined' ? 'not defined by Kubernetes' : verdict;
  return [
    `${from} -> ${to}:${port}/${protocol}: ${word}`,
    ...openQuestions.map((question) => `  depends on ${question}`),
  ];
}

/** An explanation without the rules that would open what is closed: of no use to whoever wants it closed. */
export function withoutRemedy(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith(REMEDY))
    .join('\n');
}

/**
 * Whether policies decide a direction, by the lines of explanations: they deny it, or, where nothing `denied` is asked for,
 * a rule of theirs admits it. Undefined where the lines say nothing of directions.
 */
export function isDecided(
  direction: PolicyType,
  lines: readonly string[],
  { denied }: { readonly denied: boolean },
): boolean | undefined {
  const halves = lines.filter((line) => /^ {2}(?:in|e)gress of /.test(line));
  if (halves.length === 0) return undefined;
  const idle = Object.values(REASONS);
  return halves
    .filter((line) => line.startsWith(`  ${direction.toLowerCase()} of `))
    .some((line) => (denied ? line.includes(': denied') : !idle.some((reason) => line.endsWith(reason))));
}

type VerdictField = 'from' | 'to' | 'port' | 'protocol' | 'verdict' | 'openQuestions';

function halfLines(half: HalfExplanation): readonly string[] {
  const { direction, subject, verdict, decidedBy, policies, remedy, idle } = half;
  const name = direction === 'Egress' ? `egress of ${subject}` : `ingress of ${subject}`;
  const reason = REASONS[decidedBy] ?? (policies.length === 0 ? `by ${decidedBy}` : undefined);
  const word = verdict === 'undefined' ? 'not defined' : verdict;
  if (reason !== undefined) return [`  ${name}: ${word}: ${reason}`, ...idle.map((part) => idleLine(part, direction))];
  const shown = verdict === 'allowed' ? policies.filter(admits) : policies;
  return [
    `  ${name}: ${word}${verdict === 'denied' ? `: no rule of ${count(policies.length)} admits it` : ''}`,
    ...shown.flatMap((policy) => policyLines(policy, direction)),
    ...(remedy === undefined ? [] : remedyLines(remedy)),
  ];
}

function idleLine(part: PolicyPart, direction: string): string {
  return `    ${formatPath(part.path)} of ${part.policy}${place(part)} has no effect: policyTypes lacks ${direction}`;
}

/** How a line begins that says what would open a direction. */
const REMEDY = 'to open it, add to';

const REASONS: Readonly<Record<string, string>> = {
  default: 'no policy isolates it',
  self: 'a pod always reaches itself',
  'own-node': "traffic of a pod's own node is always allowed",
  'no-pod': 'no pod, so no policy speaks for it',
  'no-address': 'a pod that has finished, or not begun, has no address',
  'no-common-family': 'the ends have no address family in common',
  'family-missing': 'an end has no address of the family that is asked for',
};

function count(policies: number): string {
  return policies === 1 ? 'the 1 policy that isolates it' : `the ${policies} policies that isolate it`;
}

function admits(policy: PolicyExplanation): boolean {
  return policy.rules.some((rule) => rule.admits);
}

function policyLines({ part, rules }: PolicyExplanation, direction: string): readonly string[] {
  const none = `has no ${direction.toLowerCase()} rules, so it admits nothing`;
  const shown = rules.some((rule) => rule.admits) ? rules.filter((rule) => rule.admits) : rules;
  return [
    `    ${part.policy}${place(part)}${rules.length === 0 ? ` ${none}` : ''}`,
    ...shown.flatMap((rule) => ruleLines(rule)),
  ];
}

function ruleLines({ part, admits: admitted, peer, port }: RuleExplanation): readonly string[] {
  const parts = [peer, port].filter((each) => each !== undefined);
  const shown = admitted ? parts : parts.filter((each) => !each.matches);
  const everything = parts.length === 0 ? ' every peer and port' : '';
  return [
    `      ${formatPath(part.path)}${place(part)} ${admitted ? 'admits' : 'does not admit'} it${everything && ':'}${everything}`,
    ...shown.map((each) => `        ${partLine(each)}`),
  ];
}

function partLine({ part, asks, finds }: PartExplanation): string {
  const [field, index] = part.path.slice(-2);
  return `${field}[${index}]${place(part)} asks for ${asks}; ${finds}`;
}

function place({ position }: PolicyPart): string {
  return position === undefined ? '' : ` (${formatPosition(position)})`;
}

function remedyLines({ policy, field, rule }: Remedy): readonly string[] {
  return [`    ${REMEDY} spec.${field} of ${policy}: ${JSON.stringify(rule)}`];
}
