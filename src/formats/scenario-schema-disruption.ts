import { z } from 'zod';
import { fullPodName } from './scenario-schema-rules.ts';

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
  'restart-sandbox': z.array(fullPodName).min(1, { error: 'at least one pod' }).optional().meta({
    description:
      'Pods (namespace/name) whose sandbox is taken away: the same pods come back with other addresses. The step goes on once they are ready.',
  }),
  'restart-container': z.array(fullPodName).min(1, { error: 'at least one pod' }).optional().meta({
    description:
      'Agent pods (namespace/name) whose first process is ended: the container is started again in the same sandbox, with the same address. The step goes on once they are ready.',
  }),
  'restart-node': z.literal(2, { error: '2, the second node: the first may carry the API server' }).optional().meta({
    description: 'Restarts the node of the pods with `node: 2`; the step goes on once they are all ready again.',
  }),
  'restart-api-server': z.literal('kill').optional().meta({
    description: "The API server's first process gets SIGKILL; the step goes on once it answers again.",
  }),
  'cut-api-server': z.literal('all').optional().meta({
    description:
      'Nodes that do not carry the API server do not reach it any more, until `join-api-server`: for 25 s at most.',
  }),
  'join-api-server': z
    .literal('all')
    .optional()
    .meta({ description: 'Nodes that were cut off from the API server reach it again.' }),
  'stop-agent': z.literal('all').optional().meta({ description: "Stops the plugin's agents on all nodes." }),
  'start-agent': z.literal('all').optional().meta({ description: "Starts the plugin's stopped agents again." }),
};
