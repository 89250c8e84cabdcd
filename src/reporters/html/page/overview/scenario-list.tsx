import { useMemo } from 'preact/hooks';
import type { ScenarioEntry } from '../../../../core/result/page/overview.ts';
import { formatElapsed } from '../../../elapsed.ts';
import { type Filter, hashOf } from '../route.ts';
import { Status, shownStatus } from '../status.tsx';
import { FilterBar } from './filter-bar.tsx';
import { matches } from './matches.ts';

/** The scenarios that a filter lets through. */
export function ScenarioList(props: { readonly scenarios: readonly ScenarioEntry[]; readonly filter: Filter }) {
  const { scenarios, filter } = props;
  const shown = useMemo(() => scenarios.filter((scenario) => matches(scenario, filter)), [scenarios, filter]);
  return (
    <section aria-labelledby="scenarios">
      <h2 id="scenarios">Scenarios</h2>
      <FilterBar scenarios={scenarios} filter={filter} />
      <p role="status" class="quiet">
        {shown.length} of {scenarios.length} shown
      </p>
      <table class="scenarios">
        <thead>
          <tr>
            <th scope="col">status</th>
            <th scope="col">scenario</th>
            <th scope="col" class="wide">
              tags
            </th>
            <th scope="col">steps</th>
            <th scope="col" class="number wide">
              cells
            </th>
            <th scope="col" class="number wide">
              time
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((scenario) => (
            <Row key={scenario.id} scenario={scenario} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ scenario }: { readonly scenario: ScenarioEntry }) {
  const { id, title, status, reason, known, tags, steps, cells, failures, duration_ms } = scenario;
  return (
    <tr>
      <td>
        <Status status={shownStatus(scenario)} />
      </td>
      <th scope="row">
        <a href={hashOf({ kind: 'scenario', id })}>{id}</a>
        <div class="quiet">{title}</div>
        {reason !== null && status !== 'passed' && <div class="reason">{reason}</div>}
        {known !== undefined && <div class="reason">{known.why}</div>}
      </th>
      <td class="wide quiet">{tags.join(' ')}</td>
      <td class="steps">
        {steps.map((step, index) => (
          <a key={`${index} ${step.name}`} href={hashOf({ kind: 'scenario', id, step: index })} title={step.name}>
            <span class="hidden">{step.name}: </span>
            <Status status={step.status} signOnly />
          </a>
        ))}
      </td>
      <td class="number wide">{failures > 0 ? `${failures} of ${cells}` : cells}</td>
      <td class="number wide">{formatElapsed(duration_ms)}</td>
    </tr>
  );
}
