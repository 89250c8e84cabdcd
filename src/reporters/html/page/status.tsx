import type { ResultStatus, ScenarioResult } from '../../../core/result/result.ts';

/** A status as the page shows it: a scenario that failed and is known to fail has one of its own. */
export type ShownStatus = ResultStatus | 'known';

/** The status that the page shows of a scenario. */
export function shownStatus({ status, known }: Pick<ScenarioResult, 'status' | 'known'>): ShownStatus {
  return known === undefined ? status : 'known';
}

/** Every status, the worst first. */
export const STATUSES: readonly ShownStatus[] = ['failed', 'flaky', 'inconclusive', 'known', 'passed', 'skipped'];

/** What each status is called. */
export const STATUS_WORDS: Readonly<Record<ShownStatus, string>> = {
  failed: 'failed',
  flaky: 'flaky',
  inconclusive: 'inconclusive',
  known: 'known to fail',
  passed: 'passed',
  skipped: 'skipped',
};

/** The sign of each status, which says the same as its colour. */
export const STATUS_SIGNS: Readonly<Record<ShownStatus, string>> = {
  passed: '✓',
  failed: '✗',
  known: '!',
  flaky: '~',
  inconclusive: '?',
  skipped: '–',
};

/** A status as a coloured sign with its word, or the sign alone where the word stands beside it already. */
export function Status({ status, signOnly = false }: { readonly status: ShownStatus; readonly signOnly?: boolean }) {
  const sign = STATUS_SIGNS[status];
  return (
    <span class={`status ${status}`}>
      {signOnly ? (
        <span role="img" aria-label={STATUS_WORDS[status]}>
          {sign}
        </span>
      ) : (
        <>
          <span aria-hidden="true">{sign}</span> {STATUS_WORDS[status]}
        </>
      )}
    </span>
  );
}
