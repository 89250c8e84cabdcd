import type {
  Difference,
  LatencyDifference,
  ScenarioDifference,
} from '../../../../core/result/difference/difference.ts';
import { changeWord, differenceTitle, isPartial, latencySentence, verdictOf } from '../../../difference-words.ts';
import { hashOf } from '../route.ts';

/** What changed against an earlier run. */
export function DifferenceSection({ difference }: { readonly difference: Difference }) {
  const { worse, scenarios, card, latency } = difference;
  const partial = isPartial(difference);
  const nothing = scenarios.length + card.length + latency.filter(isShift).length === 0;
  return (
    <section aria-labelledby="difference" class={worse ? 'worse' : ''}>
      <h2 id="difference">
        {worse ? '✗ Worse than before' : partial ? '? Not everything can be compared' : 'Difference'}
      </h2>
      <p class="quiet">{differenceTitle(difference)}</p>
      {(worse || partial) && <p>{verdictOf(difference)}.</p>}
      {nothing && !partial && <p>Nothing changed.</p>}
      <ul class="plain">
        {scenarios.map((each) => (
          <ScenarioLine key={each.id} difference={each} />
        ))}
        {card.map(({ property, title, before, after }) => (
          <li key={property}>
            Capability card: {title} was {before}, is {after}.
          </li>
        ))}
        {latency.map((each) => (
          <li key={`${each.change} ${each.measure}`} class={isShift(each) ? '' : 'quiet'}>
            {latencySentence(each)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ScenarioLine({ difference }: { readonly difference: ScenarioDifference }) {
  const { id, title, change, after, cells, reason } = difference;
  return (
    <li>
      <strong class={`change ${change}`}>{changeWord(difference)}</strong>{' '}
      {after === null ? id : <a href={hashOf({ kind: 'scenario', id })}>{id}</a>}: {title}
      {reason !== null && ` (${reason})`}
      {cells.length > 0 && (
        <ul>
          {cells.slice(0, 5).map((cell) => (
            <li key={cell}>{cell}</li>
          ))}
          {cells.length > 5 && <li>and {cells.length - 5} more</li>}
        </ul>
      )}
    </li>
  );
}

function isShift({ verdict }: LatencyDifference): boolean {
  return verdict === 'slower' || verdict === 'faster';
}
