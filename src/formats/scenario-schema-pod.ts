import { z } from 'zod';
import { dnsLabel, labelKey, labelValue } from '../core/model/api-syntax.ts';
import { duration } from './scenario-schema-duration.ts';
import { servedPort } from './scenario-schema-port.ts';
import { count, ruled } from './scenario-schema-rules.ts';

/** Labels of a pod or a namespace. */
export const labels = z.record(ruled(labelKey), ruled(labelValue)).meta({ description: 'Labels, key to value.' });

const podName = z.string().meta({ description: 'A pod, as namespace/name.' });

const container = z
  .strictObject({
    ports: z.array(servedPort).min(1, { error: 'at least one port' }).meta({ description: 'Ports that it serves.' }),
    sidecar: z.boolean().default(false).meta({
      description: 'A native sidecar: an init container that is restarted always.',
    }),
  })
  .meta({ description: 'A container that serves ports beside the first one.' });

/** A pod of the scenario file. */
export const podSchema = z
  .strictObject({
    image: z
      .string()
      .regex(/^[a-z0-9][\w./:@-]*$/, { error: 'the name of an image' })
      .default('agent')
      .meta({
        description:
          'What the pod runs. Default `agent`: it serves its ports and probes. `alpine` probes Services with the literal `wget -qO- --timeout=2` and serves nothing; `idle` has an address and labels and does nothing; every other image serves and does not probe.',
      }),
    labels: labels.default({}),
    ports: z.array(servedPort).default([]).meta({ description: 'Ports that the pod serves.' }),
    count: count.optional(),
    lingers: duration.optional().meta({
      description:
        'How long it goes on sending and serving once it is removed, in whole seconds up to 60. Default: it ends at once.',
    }),
    firstInstant: z.boolean().default(false).meta({
      description:
        'An alpine pod that a step creates: its first command dials every address that its cells name, and serves its TCP ports.',
    }),
    ends: z.enum(['completed', 'failed'], { error: '"completed" or "failed"' }).optional().meta({
      description:
        'How the pod ends once a step ends it (`end`): it stays then, as a Job leaves one. It is never restarted.',
    }),
    pending: z.boolean().default(false).meta({
      description:
        'It never starts, has no address, and is not probed: no node has what it asks for, or, with `node`, it waits there for a volume that nobody makes.',
    }),
    ready: z.boolean().default(true).meta({
      description:
        '`false`, of an agent pod: it runs, and its readiness probe fails. It probes and is probed by its address; Services do not lead to it.',
    }),
    takesAddressOf: podName.optional().meta({
      description:
        'Of a pod that a step creates: it gets the address of this pod, which ended or was removed before. Skipped where that cannot be had.',
    }),
    dialledAhead: z.boolean().default(false).meta({
      description:
        'Of a pod with `takesAddressOf`: agents dial it from before it is there, where the network plugin can be told its address. An nginx pod answers soonest.',
    }),
    containers: z
      .record(ruled(dnsLabel), container)
      .default({})
      .meta({ description: 'Containers beside the first one, by name. Each serves its own ports.' }),
    node: z
      .union([z.literal(1), z.literal(2), z.strictObject({ same: podName }), z.strictObject({ other: podName })], {
        error: '1, 2, {same: x/a} or {other: x/a}',
      })
      .optional()
      .meta({
        description:
          'Puts the pod on the first or second node, or on the same or another node than a pod. Two nodes: skipped on a cluster with one.',
      }),
    hostNetwork: z.boolean().default(false).meta({
      description: "The pod shares its node's network: its address is the node's, and its ports are taken there.",
    }),
    kubeletProbes: z
      .array(z.enum(['http', 'tcp', 'grpc', 'exec'], { error: '"http", "tcp", "grpc" or "exec"' }))
      .min(1, { error: 'at least one kind of probe' })
      .optional()
      .meta({
        description:
          "How the kubelet of the pod's node probes it for readiness and liveness, every second. Each is a cell, `kubelet/http->x/a`, which must be open whatever policies say.",
      }),
    identityPage: z.boolean().default(false).meta({
      description: 'An nginx pod then serves its own name as its page, so that an answer tells who gave it.',
    }),
  })
  .meta({ description: 'A pod. `{}` is an agent that only probes.' });

/** A pod as the file writes it, with defaults in place. */
export type PodForm = z.output<typeof podSchema>;
