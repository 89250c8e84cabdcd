import { z } from 'zod';
import { portName } from '../core/model/api-syntax.ts';
import { ruled } from './scenario-schema-rules.ts';

const PORT = 'a port: 80, 80/UDP or {port: 80, protocol: UDP, name: dns}';
const SERVICE_PORT = 'a Service port: 80, 80/UDP or {port: 80, targetPort: 8080, protocol: UDP}';

const PAYLOAD = 'from 256 to 60000 bytes';

const portNumber = z.int({ error: 'a port number from 1 to 65535' }).min(1).max(65535);
const portText = z
  .string()
  .regex(/^\d{1,5}\/(?:TCP|UDP|SCTP)$/, { error: 'a port such as 80/UDP (TCP, UDP or SCTP)', abort: true })
  .refine((text) => portNumber.safeParse(Number(text.split('/')[0])).success, {
    error: 'a port number from 1 to 65535',
  });
const protocol = z
  .enum(['TCP', 'UDP', 'SCTP'])
  .default('TCP')
  .meta({ description: 'Transport protocol; default TCP.' });

/** A port of a pod. */
export const servedPort = z
  .union(
    [
      portNumber,
      portText,
      z.strictObject({
        port: portNumber.meta({ description: 'Number of the port.' }),
        protocol,
        name: ruled(portName).optional().meta({ description: 'Name that policies and Services may use instead.' }),
        hostPort: portNumber.optional().meta({ description: 'Port of the node that leads to it.' }),
        payloadBytes: z
          .int({ error: `a size ${PAYLOAD}` })
          .min(256, { error: `a size ${PAYLOAD}` })
          .max(60_000, { error: `a size ${PAYLOAD}` })
          .optional()
          .meta({ description: 'Bytes that each datagram to it and from it has, and each answer over TCP.' }),
      }),
    ],
    { error: PORT },
  )
  .meta({ description: 'A port: `80`, `80/UDP` or a mapping.' });

/** A port of a Service. */
export const servicePort = z
  .union(
    [
      portNumber,
      portText,
      z.strictObject({
        port: portNumber.meta({ description: "The Service's port." }),
        targetPort: z
          .union([portNumber, ruled(portName)], { error: 'a port number or the name of a port' })
          .optional()
          .meta({ description: 'Number or name of the port of the pods behind it; default the same number.' }),
        protocol,
      }),
    ],
    { error: SERVICE_PORT },
  )
  .meta({ description: 'A Service port: `80`, `80/UDP` or a mapping.' });

/** A port as the file writes it. */
export type PortForm = z.output<typeof servedPort>;
/** A Service port as the file writes it. */
export type ServicePortForm = z.output<typeof servicePort>;
