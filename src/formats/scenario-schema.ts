import { z } from 'zod';
import { NEEDS } from '../core/scenario/needs.ts';
import { casesSchema } from './scenario-schema-cases.ts';
import { named, namespaceSchema } from './scenario-schema-namespace.ts';
import { outsideSchema } from './scenario-schema-outside.ts';
import { stepSchema } from './scenario-schema-step.ts';

const SOURCE_PORT = 'a source port from 1024 to 9999: others are taken as they come';
const connection = z.union([
  z.string(),
  z.strictObject({
    cells: z.string().meta({ description: 'A pattern of cells.' }),
    sourcePort: z.int({ error: SOURCE_PORT }).min(1024, { error: SOURCE_PORT }).max(9999, { error: SOURCE_PORT }).meta({
      description:
        'The connection begins at this port of its pod, in steps before and after which its cell is closed: nobody may answer it.',
    }),
  }),
]);

const namespaces = named(
  namespaceSchema,
  'Namespaces by name. Names are logical: a run makes namespaces of its own. The first is that of policies that name none.',
);

/** A scenario: the one source of its types, its validation and its JSON Schema. Strict: no other field passes. */
export const scenarioSchema = z
  .strictObject({
    title: z.string().min(1, { error: 'a title' }).meta({ description: 'What the scenario shows, a few words.' }),
    why: z.string().min(1, { error: 'a sentence' }).meta({ description: 'Why it matters, one sentence.' }),
    origin: z.string().optional().meta({ description: 'Where the case comes from: a link, or its name.' }),
    tags: z
      .array(z.string().regex(/^(?:[a-z0-9][a-z0-9.-]*|\$\{case:[\w.-]+\})$/, { error: 'a tag of a-z, 0-9, - and .' }))
      .default([])
      .meta({ description: 'Words to choose scenarios by (`--tags`).' }),
    needs: z.array(z.enum(NEEDS)).default([]).meta({
      description: 'What a cluster has to have: where it lacks something, the scenario is skipped, with the reason.',
    }),
    catches: z
      .array(z.string().regex(/^B\d{2,3}$/, { error: 'the id of a bug, such as B01' }))
      .optional()
      .meta({
        description: 'Bugs that plugins really had and that this scenario would have shown, by id (docs/bugs.md).',
      }),
    namespaces,
    outside: named(
      outsideSchema,
      'Hosts outside the pod network that run the agent, beside the nodes. Patterns and placeholders know them as `outside/NAME`.',
    ).default({}),
    cells: z.array(z.string()).min(1, { error: 'at least one pattern' }).optional().meta({
      description:
        'Patterns of the cells that are probed (`FROM->TO[:PORT[/PROTOCOL]][ via PATH]`). Default: every cell that pods and Services have.',
    }),
    self: z.array(z.string()).min(1, { error: 'at least one pattern' }).optional().meta({
      description:
        'Patterns of cells from a pod to itself that are probed too: to its own ports, and through Services that it is behind. Default: none.',
    }),
    connections: z.array(connection).min(1, { error: 'at least one pattern' }).optional().meta({
      description:
        'Patterns of cells of which a connection is held open through each step, and dialled again from its source port: judged where the API speaks of it, else reported.',
    }),
    paths: z
      .array(z.enum(['pod-ip', 'cluster-ip', 'dns', 'node-port', 'host-port', 'node']))
      .min(1, { error: 'at least one path' })
      .default(['pod-ip', 'cluster-ip'])
      .meta({
        description:
          "How agents address what they probe. Default: pods by address, Services by ClusterIP. `node-port` and `host-port` dial a node's address, `node` the kubelet of the pod's own node.",
      }),
    wget: z
      .array(z.enum(['dns', 'cluster-ip']))
      .min(1, { error: 'at least one way' })
      .default(['dns'])
      .meta({ description: 'How alpine pods address Services. Default: by name, as `wget http://web` does.' }),
    realNames: z.enum(['run-first', 'run-last'], { error: '"run-first" or "run-last"' }).optional().meta({
      description:
        'Where the real names of namespaces have what makes them the run’s own. Default `run-first`: `np-RUN-NAME`; `run-last`: `NAME-np-RUN`.',
    }),
    steps: z
      .array(stepSchema)
      .min(1, { error: 'at least one step' })
      .meta({ description: 'What happens, in order: each step changes something and states what must hold then.' }),
  })
  .meta({ title: 'netproof scenario', description: 'Pods, and what NetworkPolicies must do to their connections.' });

/** A scenario file as editors are to check it: its namespaces may stand in a file of their own, and it may have cases. */
export const scenarioFileSchema = scenarioSchema
  .extend({
    namespaces: z
      .union([z.string(), namespaces])
      .meta({ description: 'Namespaces by name, or the name of a file (`*.pods.yaml`) that holds them.' }),
    cases: casesSchema.optional(),
  })
  .meta({ title: 'netproof scenario', description: 'Pods, and what NetworkPolicies must do to their connections.' });

/** A scenario file as it is written, with defaults in place. */
export type ScenarioFile = z.output<typeof scenarioSchema>;
