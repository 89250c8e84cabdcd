import { z } from 'zod';

const how = z
  .enum(['delete', 'kill'], { error: '"delete" or "kill"' })
  .meta({ description: '`delete`: its pods are deleted; `kill`: its first process gets SIGKILL.' });

const ofPod = z.string().meta({ description: 'A pod (`namespace/name`): only on the node that it is on.' });

/** Fields of a step that change the machinery under the cluster. */
export const disruptionFields = {
  'restart-agent': z
    .union([how, z.strictObject({ how, of: ofPod.optional() })], {
      error: '"delete", "kill" or {how: delete, of: x/a}',
    })
    .optional()
    .meta({ description: "Restarts the plugin's agents; the step goes on once they are ready again." }),
  'restart-controller': how.optional().meta({ description: "Restarts the plugin's controller." }),
  'stop-agent': z.literal('all').optional().meta({ description: "Stops the plugin's agents on all nodes." }),
  'start-agent': z.literal('all').optional().meta({ description: "Starts the plugin's stopped agents again." }),
};
