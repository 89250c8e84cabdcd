import type { Verdict } from '../../../src/core/oracle/decision.ts';
import type { AskedPort } from '../../../src/core/oracle/reachability.ts';
import type { WholeMatrix } from '../../../src/core/oracle/whole-matrix.ts';

/** The port of a made-up matrix. */
export const PORT_80: AskedPort = { port: 80, protocol: 'TCP' };

/**
 * A matrix in which everything is allowed but what is listed, `x/a->y/b` with a port where it has several. Ends without
 * a namespace are outside, of whose connections with one another it says nothing.
 */
export function madeUpMatrix(
  names: string,
  listed: Readonly<Record<string, Verdict | undefined>> = {},
  ports: readonly AskedPort[] = [PORT_80],
): WholeMatrix {
  const ends = names.split(' ').map((name) => ({ name, stands: name.includes('/') ? undefined : `any ${name}` }));
  return {
    ends,
    ports,
    verdict: (f, t, p) => {
      const [from, to, asked] = [ends[f], ends[t], ports[p]];
      if (from === undefined || to === undefined || asked === undefined) throw new RangeError(`no ${f}, ${t}, ${p}`);
      const pair = `${from.name}->${to.name}`;
      for (const key of [pair, `${pair}:${asked.port}`]) if (key in listed) return listed[key];
      return from.stands !== undefined && to.stands !== undefined ? undefined : 'allowed';
    },
  };
}
