import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { Workloads } from '../../../ports/workloads.ts';
import type { EvidencePart } from '../evidence-part.ts';
import { reproScript } from './repro-script.ts';

/** The script that repeats the step, where kubectl alone can. */
export function reproFile(workloads: Workloads): EvidencePart {
  return {
    title: 'a script that repeats it',
    collect: async (found) => {
      const script = reproScript(found, workloads);
      if (script === undefined) {
        const message = 'its cells are not dialled by a pod, at the address or name of a pod or Service';
        throw new ClusterError({ code: 'repro-impossible', message });
      }
      return { files: new Map([['repro.sh', script]]), missing: [] };
    },
  };
}
