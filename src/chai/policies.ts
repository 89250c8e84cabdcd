import { readOracleSource } from '../cli/oracle-input.ts';
import { UsageError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Protocol } from '../core/model/protocol.ts';
import { endOf } from '../core/oracle/end-of.ts';
import { explain } from '../core/oracle/explain.ts';
import { explainText } from '../core/oracle/explain-text.ts';
import { compile, type Oracle } from '../core/oracle/oracle.ts';

/** A connection that is asked about, to the port of the destination itself. */
export interface AskedConnection {
  /** A pod (`x/a`), an imagined pod by its labels (`x/app=web`), a node (`node/NAME`) or an address. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
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
export function policiesOf(oracle: Oracle, positions: Parameters<typeof explain>[2]): Policies {
  return {
    ask: ({ from, to, port, protocol = 'TCP' }) => {
      const connection = { from: required(oracle, from), to: required(oracle, to), port, protocol };
      const { verdict } = oracle.decide(connection);
      return { verdict, explanation: explainText(explain(oracle, connection, positions)) };
    },
  };
}

function required(oracle: Oracle, text: string) {
  const end = endOf(oracle, text);
  if (end !== undefined) return end;
  const known = oracle.pods().map(fullName).join(', ');
  throw new UsageError({ code: 'end-unknown', message: `there is no pod "${text}"`, hint: `there are: ${known}` });
}
