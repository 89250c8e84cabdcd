import { Transform } from 'node:stream';
import type { Cluster } from '../../../src/ports/cluster.ts';

/** A cluster that keeps what the agent of one pod says, each of its attached streams by itself. */
export function tappedCluster(cluster: Cluster, pod: string, heard: string[]): Cluster {
  return {
    ...cluster,
    exec: async (ref, command, options) => {
      const stream = await cluster.exec(ref, command, options);
      if (ref.name !== pod || !command.includes('attach')) return stream;
      const index = heard.push('') - 1;
      const tap = new Transform({
        transform: (chunk: Buffer, _encoding, passOn) => {
          heard[index] += chunk.toString();
          passOn(null, chunk);
        },
      });
      return { ...stream, stdout: stream.stdout.pipe(tap) };
    },
  };
}

/** Numbers of the records in what an agent said. */
export function recordNumbers(said: string): readonly number[] {
  const whole = said.split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as { readonly n?: number }).flatMap(({ n }) => n ?? []);
}
