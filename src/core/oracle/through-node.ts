import type { Connection, End } from './connection.ts';
import { agreed, bothOf } from './decision.ts';
import { explain, type Positions } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { Oracle } from './oracle.ts';

/** A connection to a pod that was dialled at a node: its NodePort or host port. */
export interface NodeDial {
  readonly connection: Connection;
  /** The port of the node. */
  readonly nodePort: number;
  /** The node that was dialled; without it one that is not known. */
  readonly node?: End;
}

const REWRITTEN = "where addresses are rewritten, through a node's address";

/** A node of which nothing is known. */
const SOME_NODE: End = { address: undefined };

/**
 * Explains a connection through a node's address: the source pod's policies may see the node or the backend, the
 * backend's may see the pod or a node. The verdict holds if none of that matters.
 */
export function throughNode(oracle: Oracle, dial: NodeDial, positions?: Positions): Explanation {
  const { nodePort, node = SOME_NODE } = dial;
  const { dialled: _, ...direct } = dial.connection;
  const asNode = oracle.decide({ ...direct, to: node, port: nodePort });
  const fromNode = oracle.decide({ ...direct, from: SOME_NODE });
  const plain = oracle.decide({ ...direct, selfExempt: false });
  const verdict = bothOf(
    agreed([plain.egress.verdict, asNode.egress.verdict]),
    agreed([plain.ingress.verdict, fromNode.ingress.verdict]),
  );
  const explanation = explain(oracle, { ...direct, selfExempt: false }, positions);
  return { ...explanation, verdict, openQuestions: verdict === 'undefined' ? [REWRITTEN] : [] };
}
