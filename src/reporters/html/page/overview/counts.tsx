import type { Summary } from '../../../../core/result/result.ts';
import { counted } from '../../../words.ts';
import { hashOf, NO_FILTER } from '../route.ts';
import { STATUS_SIGNS, STATUS_WORDS, STATUSES } from '../status.tsx';

/** How many scenarios came out how; each count leads to its scenarios. */
export function Counts({ summary }: { readonly summary: Summary }) {
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">
        {counted(summary.scenarios, 'scenario')}
        <span class="quiet">
          {' '}
          {counted(summary.cells, 'cell')}, {summary.attempts.toLocaleString('en')} attempts
        </span>
      </h2>
      <ul class="tiles">
        {STATUSES.filter((status) => status !== 'known' || summary.known > 0).map((status) => (
          <li key={status}>
            <a
              class={`tile ${status} ${summary[status] === 0 ? 'none' : ''}`}
              href={hashOf({ kind: 'overview', filter: { ...NO_FILTER, status: [status] } })}
            >
              <strong>{summary[status]}</strong>
              <span>
                <span aria-hidden="true">{STATUS_SIGNS[status]}</span> {STATUS_WORDS[status]}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {summary.skipped > 0 && (
        <ul class="quiet plain">
          {Object.entries(summary.skippedBy).map(([reason, times]) => (
            <li key={reason}>
              {times} skipped: {reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
