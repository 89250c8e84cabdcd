import { Option } from 'commander';
import type { IpFamily } from '../core/model/protocol.ts';
import type { Oracle } from '../core/oracle/oracle.ts';
import { outsideEnds } from '../core/oracle/outside-ends.ts';
import type { MatrixRequest } from '../core/oracle/whole-matrix.ts';
import { askedPorts } from './asked-ports.ts';

/** Options of the verbs that ask for whole matrices. */
export interface MatrixOptions {
  readonly port: readonly string[];
  readonly outside: boolean;
  readonly family?: IpFamily;
}

/** `--no-outside`. */
export function outsideOption(): Option {
  return new Option('--no-outside', 'leave out addresses outside the pod network, and nodes');
}

/** What is asked of several states alike: the ports and ends outside that they tell apart. */
export function matrixRequest(oracles: readonly Oracle[], { port, outside, family }: MatrixOptions): MatrixRequest {
  const families = family ? [family] : [...new Set(oracles.flatMap(({ options }) => options.families))].toSorted();
  const ends = outside ? outsideEnds(oracles, families) : [];
  return { ports: askedPorts(port, oracles), outside: ends, ...(family && { family }) };
}
