import { readOracleSource } from '../cli/oracle-input.ts';
import { UsageError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Protocol } from '../core/model/protocol.ts';
import { answer, answerText } from '../core/oracle/answer.ts';
import type { Positions } from '../core/oracle/explain.ts';
import { compile, type Oracle } from '../core/oracle/oracle.ts';
import { type AskedConnection as Asked, questionOf } from '../core/oracle/question.ts';

/**
 * A connection that is asked about: from a pod (`x/a`), an imagined pod by its labels (`x/app=web`), a node
 * (`node/NAME`) or an address, to one of them or a Service (`service/x/web`).
 */
export interface AskedConnection extends Omit<Asked, 'protocol'> {
  /** Default TCP. */
  readonly protocol?: Protocol;
}

/** What policies say of a connection, and the rule that decides. */
export interface Answer {
  /** `undefined`: Kubernetes documents more than one behaviour. */
  readonly verdict: 'allowed' | 'denied' | 'undefined';
  readonly explanation: string;
}

/** Policies with the pods that they are about, and no cluster. */
export interface Policies {
  /** Throws `UsageError` for an end that is no pod of theirs and nothing else that is known. */
  readonly ask: (connection: AskedConnection) => Answer;
}

/**
 * Policies from manifests (files and folders), with the pods, Namespaces and Services in them. Rejects with `ScenarioError`
 * for mistakes in the files.
 */
export async function policiesIn(...files: readonly string[]): Promise<Policies> {
  const { state, positions } = await readOracleSource({ files });
  return policiesOf(compile(state), positions);
}

/** Policies of a state. */
export function policiesOf(oracle: Oracle, positions?: Positions): Policies {
  return {
    ask: ({ protocol = 'TCP', ...asked }) => {
      const question = questionOf(oracle, { ...asked, protocol });
      if ('unknown' in question) throw unknownEnd(oracle, question.unknown);
      const answered = answer(oracle, question, positions);
      return { verdict: answered.verdict, explanation: answerText(answered) };
    },
  };
}

function unknownEnd(oracle: Oracle, text: string): UsageError {
  const known = oracle.pods().map(fullName).join(', ');
  return new UsageError({ code: 'end-unknown', message: `there is no pod "${text}"`, hint: `there are: ${known}` });
}
