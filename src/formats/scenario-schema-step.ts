import { z } from 'zod';
import { labelKey, labelValue } from '../core/model/api-syntax.ts';
import { churnFields } from './scenario-schema-churn.ts';
import { disruptionFields } from './scenario-schema-disruption.ts';
import { duration } from './scenario-schema-duration.ts';
import { CASE_VALUE, count, ruled } from './scenario-schema-rules.ts';

const PATTERN = 'A set of cells: `FROM->TO[:PORT[/PROTOCOL]][ via PATH]`, names as `namespace/name`, `*` for any.';

const patterns = z.array(z.string().meta({ description: PATTERN }));
const allOr = z.union([z.literal('all'), patterns], { error: '"all" or a list of patterns' });

/** What must hold after a step. */
export const expectSchema = z
  .strictObject({
    allow: allOr
      .optional()
      .meta({ description: 'Cells that must be open; `all`: every cell that nothing else names.' }),
    deny: allOr
      .optional()
      .meta({ description: 'Cells that must be closed; `all`: every cell that nothing else names.' }),
    unresolved: patterns.optional().meta({ description: 'Cells by DNS whose name must not resolve.' }),
    reported: patterns.optional().meta({ description: 'Cells to be observed and shown, not judged.' }),
    table: z.string().optional().meta({
      description:
        'A full table: `from` and the destinations (`x/a:80`) in the first line, a source and a sign for each in the others: `.` open, `X` closed, `U` unresolved, `~` reported, `-` no cell.',
    }),
  })
  .meta({
    description:
      'What must hold after the step. Without `deny: all` or a table everything else must be open; a later entry overrules an earlier one. It must agree with what the policies say.',
  });

const manifest = z.looseObject({
  apiVersion: z.string().meta({ description: '`networking.k8s.io/v1`' }),
  kind: z.string().meta({ description: '`NetworkPolicy`' }),
});

const policyName = z
  .string()
  .regex(/^(?:[a-z0-9-]+\/)?[a-z0-9.-]+$/, { error: 'the name of a policy, or NAMESPACE/NAME' });

const counted = z
  .strictObject({
    count,
    each: z.unknown().meta({ description: 'The item; `n` in a placeholder is its number, from 1 on.' }),
  })
  .meta({ description: 'As many items as `count` says; written out before the scenario is read.' });

const labelChange = z
  .record(ruled(labelKey), ruled(labelValue).nullable())
  .meta({ description: 'Labels to set; `null` removes one.' });

/** Fields that change something. */
const changeFields = {
  apply: z
    .array(z.union([z.string(), manifest, counted], { error: 'the name of a file beside the scenario, or a manifest' }))
    .optional()
    .meta({ description: 'NetworkPolicies to apply: files beside the scenario, or manifests written here.' }),
  delete: z
    .array(z.union([policyName, counted]))
    .optional()
    .meta({ description: 'Policies to delete, by name or namespace/name.' }),
  label: z
    .record(z.string(), labelChange)
    .optional()
    .meta({ description: 'Labels to change, of a pod (`namespace/name`) or of a namespace (`name`).' }),
  ...churnFields,
  ...disruptionFields,
};

const plainFields = {
  name: z.string().min(1, { error: 'a name' }).meta({ description: 'Unique in the scenario, a few words.' }),
  ...changeFields,
  changes: z
    .array(z.union([z.strictObject(changeFields), counted]))
    .optional()
    .meta({ description: 'Changes in a list, where one kind comes more than once: applied, deleted, applied again.' }),
  together: z
    .boolean()
    .default(false)
    .meta({ description: 'All changes are requested at once: none waits for the answer of another.' }),
  permute: z.boolean().default(false).meta({
    description:
      'The policies are applied in one order after the other, and deleted between: all orders of up to three, six of more.',
  }),
  expect: expectSchema.optional(),
  budget: duration.optional().meta({ description: 'How long cells that the step changes may take. Default 5s.' }),
  hold: duration.optional().meta({ description: 'How long everything is watched once it settled. Default 1s.' }),
  flaps: z
    .union([z.literal('allowed'), z.string().regex(CASE_VALUE)], { error: '"allowed"' })
    .optional()
    .meta({ description: 'Several objects change: cells may flap inside the budget.' }),
};

const plainStep = z
  .strictObject(plainFields)
  .meta({ description: 'A step. Its changes are made in the order in which they are written.' });

/** A step of the scenario file, or several that are repeated. */
export const stepSchema = z
  .strictObject({
    ...plainFields,
    repeat: z
      .int({ error: 'a number from 2 to 100' })
      .min(2, { error: 'a number from 2 to 100' })
      .max(100, { error: 'a number from 2 to 100' })
      .optional()
      .meta({ description: 'How often the step, or its steps, are run; each round is judged.' }),
    steps: z
      .array(plainStep)
      .min(1, { error: 'at least one step' })
      .optional()
      .meta({ description: 'Steps that are repeated together; they take the place of changes.' }),
  })
  .meta({ description: 'A step, or with `steps` several that are repeated.' });

/** A step as the file writes it. */
export type StepForm = z.output<typeof stepSchema>;
/** A step that repeats no others. */
export type PlainStepForm = z.output<typeof plainStep>;
