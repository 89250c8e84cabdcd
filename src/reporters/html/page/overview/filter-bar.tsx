import type { ScenarioEntry } from '../../../../core/result/page/overview.ts';
import { type Filter, go, NO_FILTER } from '../route.ts';
import { STATUS_WORDS, STATUSES, shownStatus } from '../status.tsx';
import { originOf } from './matches.ts';

/** What the list is filtered by: text, status, tag, origin. The address follows, so that a link keeps it. */
export function FilterBar(props: { readonly scenarios: readonly ScenarioEntry[]; readonly filter: Filter }) {
  const { scenarios, filter } = props;
  const change = (over: Partial<Filter>) => go({ kind: 'overview', filter: { ...filter, ...over } }, { replace: true });
  const toggle = (status: string) =>
    filter.status.includes(status) ? filter.status.filter((each) => each !== status) : [...filter.status, status];
  return (
    <form class="filters no-print" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search{' '}
        <input
          id="search"
          type="search"
          value={filter.text}
          onInput={(event) => change({ text: event.currentTarget.value })}
        />
      </label>
      <fieldset>
        <legend class="hidden">Status</legend>
        {STATUSES.filter((status) => status !== 'known' || scenarios.some((each) => shownStatus(each) === 'known')).map(
          (status) => (
            <label key={status} class="check">
              <input
                type="checkbox"
                checked={filter.status.includes(status)}
                onChange={() => change({ status: toggle(status) })}
              />{' '}
              {STATUS_WORDS[status]}
            </label>
          ),
        )}
      </fieldset>
      <Choice
        label="Tag"
        value={filter.tag}
        values={scenarios.flatMap(({ tags }) => tags)}
        onChange={(tag) => change({ tag })}
      />
      <Choice
        label="Origin"
        value={filter.origin}
        values={scenarios.map(originOf)}
        onChange={(origin) => change({ origin })}
      />
      <button type="button" onClick={() => change(NO_FILTER)}>
        Show all
      </button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps) {
  const counts = [
    ...Map.groupBy([...values, ...(value === '' || values.includes(value) ? [] : [value])], (each) => each),
  ];
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">any</option>
        {counts
          .toSorted(([a], [b]) => a.localeCompare(b))
          .map(([each, members]) => (
            <option key={each} value={each}>
              {each} ({members.length})
            </option>
          ))}
      </select>
    </label>
  );
}
