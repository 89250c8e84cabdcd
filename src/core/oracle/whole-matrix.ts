import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { End } from './connection.ts';
import type { Verdict } from './decision.ts';
import type { Oracle } from './oracle.ts';
import type { OutsideEnd } from './outside-ends.ts';
import { type AskedPort, reachability } from './reachability.ts';

/** An end of a matrix: a pod, or one outside the pod network that stands for others. */
interface MatrixEnd {
  /** `namespace/name`, an address, or `node/another`. */
  readonly name: string;
  /** What an end outside stands for; undefined for a pod. */
  readonly stands: string | undefined;
}

/** Who may reach whom: pods among one another, and ends outside with pods. Ends and ports by their place in the lists. */
export interface WholeMatrix {
  readonly ends: readonly MatrixEnd[];
  readonly ports: readonly AskedPort[];
  /** Undefined between two ends outside, of which policies do not speak. */
  verdict(from: number, to: number, port: number): Verdict | undefined;
}

/** What a matrix is made of. */
export interface MatrixRequest {
  readonly ports: readonly AskedPort[];
  readonly outside: readonly OutsideEnd[];
  /** Default: every family that both ends have. */
  readonly family?: IpFamily;
}

/** Computes the matrix of a state's pods with ends outside. */
export function wholeMatrix(oracle: Oracle, { ports, outside, family }: MatrixRequest): WholeMatrix {
  const inner = reachability(oracle, ports, family);
  const { pods } = inner;
  const ends: readonly End[] = [
    ...pods.map((pod) => ({ pod: { ...pod, node: ITS_OWN } })),
    ...outside.map(({ end }) => end),
  ];
  return {
    ends: [...pods.map((pod) => ({ name: fullName(pod), stands: undefined })), ...outside],
    ports,
    verdict: (source, destination, asked) => {
      if (source < pods.length && destination < pods.length) return inner.verdict(source, destination, asked);
      if (source >= pods.length && destination >= pods.length) return undefined;
      const [from, to] = [ends[source] as End, ends[destination] as End];
      const { port, protocol } = ports[asked] as AskedPort;
      return oracle.decide({ from, to, port, protocol, ...(family && { family }) }).verdict;
    },
  };
}

/** The node of every pod, as nodes outside see it: none of them is a pod's own, whatever they are called. */
const ITS_OWN = "the pod's own";
