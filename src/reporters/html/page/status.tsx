import type { ResultStatus } from '../../../core/result/result.ts';

/** The sign of each status, which says the same as its colour. */
export const STATUS_SIGNS: Readonly<Record<ResultStatus, string>> = {
  passed: '✓',
  failed: '✗',
  flaky: '~',
  inconclusive: '?',
  skipped: '–',
};

/** A status as a coloured sign with its word, or the sign alone where the word stands beside it already. */
export function Status({ status, signOnly = false }: { readonly status: ResultStatus; readonly signOnly?: boolean }) {
  const sign = STATUS_SIGNS[status];
  return (
    <span class={`status ${status}`}>
      {signOnly ? (
        <span role="img" aria-label={status}>
          {sign}
        </span>
      ) : (
        <>
          <span aria-hidden="true">{sign}</span> {status}
        </>
      )}
    </span>
  );
}
