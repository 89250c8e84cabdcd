import type { Pod } from '../model/pod.ts';
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
  const endAt = (index: number): End | undefined => {
    const pod = pods[index];
    return pod === undefined ? outside[index - pods.length]?.end : { pod: somewhere(pod) };
  };
  return {
    ends: [...pods.map((pod) => ({ name: fullName(pod), stands: undefined })), ...outside],
    ports,
    verdict: (from, to, port) => {
      if (from < pods.length && to < pods.length) return inner.verdict(from, to, port);
      const [source, destination, asked] = [endAt(from), endAt(to), ports[port]];
      if ((from >= pods.length && to >= pods.length) || !source || !destination || !asked) return undefined;
      const { port: number, protocol } = asked;
      const connection = { from: source, to: destination, port: number, protocol, ...(family && { family }) };
      return oracle.decide(connection).verdict;
    },
  };
}

/** A pod on a node: no node of a matrix is its own. */
function somewhere(pod: Pod): Pod {
  return pod.node === undefined ? { ...pod, node: `of ${fullName(pod)}` } : pod;
}
