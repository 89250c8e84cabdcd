import { useEffect, useState } from 'preact/hooks';
import { cellName } from '../../../../core/matrix/cell.ts';
import type { ScenarioEntry } from '../../../../core/result/page/overview.ts';
import type { ScenarioDetail } from '../../../../core/result/page/packed-scenario.ts';
import { formatElapsed } from '../../../elapsed.ts';
import { readScenario } from '../embedded-data.ts';
import { hashOf } from '../route.ts';
import { Status, shownStatus } from '../status.tsx';
import { decidingLines } from './deciding-lines.ts';
import { PolicyView } from './policy-view.tsx';
import { StepView } from './step-view.tsx';

interface ScenarioPageProps {
  readonly index: number;
  readonly entry: ScenarioEntry;
  readonly neighbours: readonly (ScenarioEntry | undefined)[];
  readonly step: number | undefined;
  readonly cell: string | undefined;
}

/** One scenario: its steps with their matrices, the cell that is open, its policies. */
export function ScenarioPage({ index, entry, neighbours, step, cell }: ScenarioPageProps) {
  const detail = useDetail(index);
  const opened = step === undefined ? undefined : detail?.steps[step];
  const openedCell = opened?.cells.find((each) => cellName(each) === cell);
  const marks = opened !== undefined && openedCell !== undefined ? decidingLines(opened, openedCell) : [];
  return (
    <article aria-labelledby="scenario">
      <nav class="no-print" aria-label="Scenarios">
        <a href="#/">all scenarios</a>
        {neighbours.map((each, place) =>
          each === undefined ? null : (
            <a key={each.id} href={hashOf({ kind: 'scenario', id: each.id })}>
              {place === 0 ? `← ${each.id}` : `${each.id} →`}
            </a>
          ),
        )}
      </nav>
      <h2 id="scenario">
        <Status status={shownStatus(entry)} signOnly /> {entry.id}
      </h2>
      <p>{entry.title}</p>
      <Facts entry={entry} />
      {detail === undefined && <p role="status">Opening …</p>}
      {detail?.steps.map((each, place) => (
        <StepView
          key={`${place} ${each.name}`}
          id={entry.id}
          index={place}
          step={each}
          target={step === place}
          cell={step === place ? cell : undefined}
        />
      ))}
      {detail !== undefined && detail.policies.length > 0 && (
        <section aria-labelledby="policies">
          <h3 id="policies">Policies</h3>
          {openedCell === undefined && <p class="quiet">Open a cell to see which lines decide it.</p>}
          {detail.policies.map((policy, place) => (
            <PolicyView key={`${place} ${policy.name}`} policy={policy} marks={marks} />
          ))}
        </section>
      )}
    </article>
  );
}

function useDetail(index: number): ScenarioDetail | undefined {
  const [detail, setDetail] = useState<ScenarioDetail>();
  useEffect(() => {
    readScenario(index).then(setDetail);
  }, [index]);
  return detail;
}

function Facts({ entry: { status, reason, known, tags, origin, duration_ms } }: { readonly entry: ScenarioEntry }) {
  return (
    <>
      {reason !== null && status !== 'passed' && <p class="reason">{reason}</p>}
      {known !== undefined && (
        <p class="reason">
          Known to fail on this version: {known.why} ({known.finding})
        </p>
      )}
      <p class="quiet">
        {status} in {formatElapsed(duration_ms)}
        {tags.length > 0 && ` · ${tags.join(' ')}`}
        {origin !== null && (
          <>
            {' · from '}
            {URL.canParse(origin) && /^https?:/.test(origin) ? <a href={origin}>{origin}</a> : origin}
          </>
        )}
      </p>
    </>
  );
}
