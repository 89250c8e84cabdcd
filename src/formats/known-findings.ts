import { z } from 'zod';
import { type Problem, ScenarioError } from '../core/diagnostics/errors.ts';
import { PATTERN_FORM, parsePattern } from '../core/matrix/pattern.ts';
import type { KnownFinding } from '../core/result/known.ts';
import { expectedWords, reportIssues } from './scenario-issues.ts';
import { parseYaml } from './yaml-document.ts';

/** The file of known findings: the one source of its validation and its JSON Schema. */
export const knownSchema = z
  .strictObject({
    known: z
      .array(
        z.strictObject({
          scenario: z.string().meta({ description: 'Id of the scenario that fails, such as `bugs/named-ports`.' }),
          plugin: z.string().meta({ description: 'Name of the plugin, as `netproof status` says it.' }),
          versions: z
            .array(z.string())
            .min(1, { error: 'at least one version' })
            .meta({ description: 'Versions with the finding, in quotes: "3.28" is all of its patches.' }),
          cells: z
            .array(z.string().refine((text) => parsePattern(text) !== undefined, { error: `cells as ${PATTERN_FORM}` }))
            .min(1, { error: 'at least one pattern of cells' })
            .meta({
              description: 'Cells that fail, or whose connections do. A failure of any other cell is not known.',
            }),
          steps: z
            .array(z.string())
            .min(1, { error: 'at least one step' })
            .optional()
            .meta({ description: 'Names of the steps in which they do; without, any.' }),
          sometimes: z.boolean().optional().meta({
            description:
              'It cuts off what is to be open now and then, for a moment: runs that do not see it are green.',
          }),
          why: z.string().min(1, { error: 'a sentence' }).meta({ description: 'What goes wrong, one sentence.' }),
          finding: z.string().min(1, { error: 'a link' }).meta({ description: 'Where it is told, with a reproducer.' }),
        }),
      )
      .meta({ description: 'Findings that have been looked into.' }),
  })
  .meta({ title: 'netproof known findings', description: 'Scenarios that fail on a plugin, and are known to.' });

/** Reads the file of known findings. Throws `ScenarioError` with every mistake in it. */
export function readKnownFindings(text: string, file: string): readonly KnownFinding[] {
  const yaml = parseYaml(text, file);
  const problems: Problem[] = [...yaml.problems];
  const root = yaml.documents[0]?.root;
  if (problems.length > 0) throw new ScenarioError(problems);
  if (root === undefined) return [];
  const parsed = knownSchema.safeParse(root.value, { error: expectedWords });
  if (parsed.success) return parsed.data.known;
  reportIssues(problems, parsed.error.issues, root);
  throw new ScenarioError(problems);
}
