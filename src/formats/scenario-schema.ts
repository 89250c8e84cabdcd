import { z } from 'zod';
import { dnsLabel, labelKey, labelValue, portName } from './manifest-syntax.ts';
import { ruled } from './scenario-schema-rules.ts';
import { stepSchema } from './scenario-schema-step.ts';

const PORT = 'a port: 80, 80/UDP or {port: 80, protocol: UDP, name: dns}';
const SERVICE_PORT = 'a Service port: 80, 80/UDP or {port: 80, targetPort: 8080, protocol: UDP}';

const labels = z.record(ruled(labelKey), ruled(labelValue)).meta({ description: 'Labels, key to value.' });
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

const servedPort = z
  .union(
    [
      portNumber,
      portText,
      z.strictObject({
        port: portNumber.meta({ description: 'Number of the port.' }),
        protocol,
        name: ruled(portName).optional().meta({ description: 'Name that policies and Services may use instead.' }),
      }),
    ],
    { error: PORT },
  )
  .meta({ description: 'A port: `80`, `80/UDP` or a mapping.' });

const servicePort = z
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

const pod = z
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

const service = z
  .strictObject({
    selector: labels.meta({ description: 'Labels of the pods behind it; it has to select one from the start.' }),
    ports: z.array(servicePort).min(1, { error: 'at least one port' }).meta({ description: 'Ports of the Service.' }),
  })
  .meta({ description: 'A ClusterIP Service.' });

const named = <T extends z.ZodType>(value: T, description: string) =>
  z.record(ruled(dnsLabel, /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/), value).meta({ description });

const namespace = z
  .strictObject({
    labels: labels.default({}),
    pods: named(pod, 'Pods of the namespace, by name.').default({}),
    services: named(service, 'Services of the namespace, by name.').default({}),
  })
  .meta({ description: 'A namespace with its pods and Services.' });

/** The scenario file: the one source of its types, its validation and its JSON Schema. Strict: no other field passes. */
export const scenarioSchema = z
  .strictObject({
    title: z.string().min(1, { error: 'a title' }).meta({ description: 'What the scenario shows, a few words.' }),
    why: z.string().min(1, { error: 'a sentence' }).meta({ description: 'Why it matters, one sentence.' }),
    origin: z.string().optional().meta({ description: 'Where the case comes from: a link, or its name.' }),
    tags: z
      .array(z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, { error: 'a tag of a-z, 0-9, - and .' }))
      .default([])
      .meta({ description: 'Words to choose scenarios by (`--tags`).' }),
    namespaces: named(
      namespace,
      'Namespaces by name. Names are logical: a run makes namespaces of its own. The first is that of policies that name none.',
    ),
    paths: z
      .array(z.enum(['pod-ip', 'cluster-ip', 'dns']))
      .min(1, { error: 'at least one path' })
      .default(['pod-ip', 'cluster-ip'])
      .meta({ description: 'How agents address what they probe. Default: pods by address, Services by ClusterIP.' }),
    wget: z
      .array(z.enum(['dns', 'cluster-ip']))
      .min(1, { error: 'at least one way' })
      .default(['dns'])
      .meta({ description: 'How alpine pods address Services. Default: by name, as `wget http://web` does.' }),
    steps: z
      .array(stepSchema)
      .min(1, { error: 'at least one step' })
      .meta({ description: 'What happens, in order: each step changes something and states what must hold then.' }),
  })
  .meta({ title: 'netproof scenario', description: 'Pods, and what NetworkPolicies must do to their connections.' });

/** A scenario file as it is written, with defaults in place. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
/** A port as the file writes it. */
export type PortForm = z.output<typeof servedPort>;
/** A Service port as the file writes it. */
export type ServicePortForm = z.output<typeof servicePort>;
