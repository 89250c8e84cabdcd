import type { StepResult } from '../../../../core/result/result.ts';
import { connectionLines } from '../../../connection-lines.ts';
import { failureLines } from '../../../failure.ts';

/** The connections that a step held open: what became of each, and what was wrong with those that failed. */
export function ConnectionsView({ step }: { readonly step: StepResult }) {
  const failures = step.failures.filter(({ connection }) => connection !== undefined);
  return (
    <>
      <h4>Connections held open</h4>
      <ul>
        {connectionLines(step).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {failures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <pre tabIndex={0}>{failures.map((failure) => failureLines(failure, step).join('\n')).join('\n\n')}</pre>
      )}
    </>
  );
}
