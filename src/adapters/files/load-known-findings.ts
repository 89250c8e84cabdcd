import { join } from 'node:path';
import type { KnownFinding } from '../../core/result/known.ts';
import { readKnownFindings } from '../../formats/known-findings.ts';
import { readText, SCENARIO_FOLDER } from './yaml-files.ts';

/** Name of the file of known findings, in a folder of scenarios. */
const KNOWN_FILE = 'known.yaml';

/** The findings that are known of plugins (`known.yaml` in the folder of scenarios); none where there is no such file. */
export function loadKnownFindings(root: string = SCENARIO_FOLDER): readonly KnownFinding[] {
  const file = join(root, KNOWN_FILE);
  const text = readText(file);
  return text === undefined ? [] : readKnownFindings(text, file);
}
