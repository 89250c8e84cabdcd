import { z } from 'zod';
import { namespaceSchema } from './scenario-schema-namespace.ts';
import { podSchema } from './scenario-schema-pod.ts';
import { fullPodName } from './scenario-schema-rules.ts';

const removed = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/, { error: 'a pod (namespace/name) or a namespace' });

/** Fields of a step that make and remove pods and namespaces. */
export const churnFields = {
  create: z
    .record(
      z.string(),
      z.union([podSchema, namespaceSchema], { error: 'a pod under namespace/name, or a namespace under its name' }),
    )
    .optional()
    .meta({
      description:
        'Pods to create, by namespace/name, and namespaces that were removed, by name; all at once. The step goes on once the pods are ready.',
    }),
  end: z.array(fullPodName).optional().meta({
    description:
      'Pods (namespace/name) to end as their `ends` says. They stay until they are removed; their addresses are free.',
  }),
  remove: z
    .union([
      z.array(removed),
      z.record(
        removed,
        z.strictObject({
          grace: z
            .int({ error: 'seconds from 0 to 60' })
            .min(0, { error: 'seconds from 0 to 60' })
            .max(60, { error: 'seconds from 0 to 60' })
            .optional()
            .meta({ description: 'Seconds until it is killed; 0: it is taken away without a word to it.' }),
        }),
      ),
    ])
    .optional()
    .meta({ description: 'Pods (namespace/name) and namespaces (name) to remove.' }),
};
