import { z } from 'zod';
import { servedPort } from './scenario-schema-port.ts';

/** A host outside the pod network. */
export const outsideSchema = z
  .strictObject({ ports: z.array(servedPort).default([]).meta({ description: 'Ports that the host serves.' }) })
  .meta({ description: 'A host outside the pod network. `{}` only probes.' });
