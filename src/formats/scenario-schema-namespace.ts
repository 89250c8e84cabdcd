import { z } from 'zod';
import { dnsLabel } from '../core/model/api-syntax.ts';
import { labels, podSchema } from './scenario-schema-pod.ts';
import { servicePort } from './scenario-schema-port.ts';
import { ruled } from './scenario-schema-rules.ts';

const service = z
  .strictObject({
    selector: labels.meta({ description: 'Labels of the pods behind it; it has to select one from the start.' }),
    headless: z.boolean().default(false).meta({
      description: 'Without an address: its name stands for the pods behind it, so it is probed by DNS only.',
    }),
    ports: z.array(servicePort).min(1, { error: 'at least one port' }).meta({ description: 'Ports of the Service.' }),
    nodePort: z.enum(['Local', 'Cluster'], { error: '"Local" or "Cluster"' }).optional().meta({
      description:
        'The Service has a NodePort too, with this `externalTrafficPolicy`: `Local` leads to pods of the dialled node and keeps the address of the client.',
    }),
  })
  .meta({ description: 'A Service: with a ClusterIP, with a NodePort too, or headless.' });

/** Things by their names. */
export const named = <T extends z.ZodType>(value: T, description: string) =>
  z.record(ruled(dnsLabel, /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/), value).meta({ description });

/** A namespace of the scenario file. */
export const namespaceSchema = z
  .strictObject({
    labels: labels.default({}),
    pods: named(podSchema, 'Pods of the namespace, by name.').default({}),
    services: named(service, 'Services of the namespace, by name.').default({}),
  })
  .meta({ description: 'A namespace with its pods and Services.' });

/** A namespace as the file writes it, with defaults in place. */
export type NamespaceForm = z.output<typeof namespaceSchema>;
