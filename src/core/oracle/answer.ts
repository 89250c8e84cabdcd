import { agreed } from './decision.ts';
import { explain, type Positions } from './explain.ts';
import { endText } from './explain-end.ts';
import { explainText, verdictText } from './explain-text.ts';
import type { Explanation } from './explanation.ts';
import type { Oracle } from './oracle.ts';
import { type Question, targetText } from './question.ts';
import { throughNode } from './through-node.ts';
import { throughService } from './through-service.ts';

/** What policies say of a connection, and why; plain data. */
export type Answer = Pick<Explanation, 'from' | 'to' | 'port' | 'protocol' | 'verdict' | 'openQuestions'> &
  Directions & {
    /** The backends of a Service that may be chosen, each with its reasons; empty for anything else. */
    readonly backends: readonly Explanation[];
  };

/** Why, in each direction; absent for a Service, where each backend has its own. */
type Directions =
  | Pick<Explanation, 'egress' | 'ingress'>
  | { readonly egress?: undefined; readonly ingress?: undefined };

const CHOICE = 'which backend is chosen';
const NONE = 'no backend serves the port, so nothing answers';

/**
 * Answers what was asked. Of a Service the verdict is that of its backends if they agree; without one nothing answers,
 * which is `denied`.
 */
export function answer(oracle: Oracle, question: Question, positions?: Positions): Answer {
  const { from, to, port, protocol, family } = question;
  const common = { from, protocol, ...(family && { family }) };
  if (to.kind === 'end') return { ...explain(oracle, { ...common, to: to.end, port }, positions), backends: [] };
  if (to.kind === 'host-port') {
    const connection = { ...common, to: { pod: to.pod }, port: to.port };
    const explanation = throughNode(oracle, { connection, nodePort: port, node: to.node }, positions);
    return { ...explanation, to: targetText(question), port, backends: [] };
  }
  const { kind: _, ...target } = to;
  const backends = throughService(oracle, { ...common, ...target }, positions);
  const verdict = backends.length === 0 ? 'denied' : agreed(backends.map((each) => each.verdict));
  const differ = new Set(backends.map((each) => each.verdict)).size > 1;
  const openQuestions = [...(differ ? [CHOICE] : []), ...new Set(backends.flatMap((each) => each.openQuestions))];
  return { from: endText(from), to: targetText(question), port, protocol, verdict, openQuestions, backends };
}

/** Prints an answer for people. */
export function answerText(answered: Answer): string {
  if (answered.egress !== undefined) return explainText(answered);
  const { backends } = answered;
  const none = backends.length === 0 ? [`  ${NONE}`] : [];
  return [...verdictText(answered), ...none, ...backends.map(explainText)].join('\n');
}
