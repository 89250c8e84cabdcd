import { z } from 'zod';
import { labelKey, labelValue } from './manifest-syntax.ts';
import { servedPort } from './scenario-schema-port.ts';
import { ruled } from './scenario-schema-rules.ts';

/** Labels of a pod or a namespace. */
export const labels = z.record(ruled(labelKey), ruled(labelValue)).meta({ description: 'Labels, key to value.' });

/** A pod of the scenario file. */
export const podSchema = z
  .strictObject({
    image: z
      .string()
      .regex(/^[a-z0-9][\w./:@-]*$/, { error: 'the name of an image' })
      .default('agent')
      .meta({
        description:
          'What the pod runs. Default `agent`: it serves its ports and probes. `alpine` probes Services with the literal `wget -qO- --timeout=2` and serves nothing; every other image serves and does not probe.',
      }),
    labels: labels.default({}),
    ports: z.array(servedPort).default([]).meta({ description: 'Ports that the pod serves.' }),
    identityPage: z.boolean().default(false).meta({
      description: 'An nginx pod then serves its own name as its page, so that an answer tells who gave it.',
    }),
  })
  .meta({ description: 'A pod. `{}` is an agent that only probes.' });
