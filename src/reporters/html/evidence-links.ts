import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunResult } from '../../core/result/result.ts';

/**
 * The result with evidence as links of a page at `file`: relative where the folder lies below the page's, so that both can
 * be moved together, else to where it lies on this machine.
 */
export function withEvidenceLinks(result: RunResult, file: string): RunResult {
  const linked = (evidence: string | null) => (evidence === null ? null : linkTo(evidence, dirname(resolve(file))));
  return {
    ...result,
    scenarios: result.scenarios.map((scenario) => ({
      ...scenario,
      steps: scenario.steps.map((step) => ({
        ...step,
        failures: step.failures.map((failure) => ({ ...failure, evidence: linked(failure.evidence) })),
      })),
    })),
  };
}

function linkTo(evidence: string, folder: string): string {
  const below = relative(folder, resolve(evidence));
  return below.startsWith('..') || isAbsolute(below) ? pathToFileURL(evidence).href : encodeURI(below);
}
