import type { CardEntry } from '../../../../core/result/result.ts';
import { documentedGaps } from '../../../documented-gaps.ts';
import { hashOf, NO_FILTER } from '../route.ts';

const GROUPS = { feature: 'Features', 'life-cycle': 'Life cycle' } as const;

const STATES = {
  violated: { sign: '✗', word: 'violated' },
  enforced: { sign: '✓', word: 'enforced' },
  'not-tested': { sign: '–', word: 'not tested' },
} as const;

/** The capability card: each property with its state, and what says so. */
export function CardSection({ card }: { readonly card: readonly CardEntry[] }) {
  return (
    <section aria-labelledby="card">
      <h2 id="card">Capability card</h2>
      {documentedGaps(card).map((gap) => (
        <p key={gap} class="quiet">
          Documented: {gap}
        </p>
      ))}
      <div class="columns">
        {Object.entries(GROUPS).map(([group, title]) => (
          <table key={group} class="card">
            <caption>{title}</caption>
            <tbody>
              {card
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <CardRow key={entry.property} entry={entry} />
                ))}
            </tbody>
          </table>
        ))}
      </div>
    </section>
  );
}

function CardRow({ entry }: { readonly entry: CardEntry }) {
  const { property, title, state, reason, documented } = entry;
  const { sign, word } = STATES[state];
  return (
    <tr class={state}>
      <th scope="row">
        {state === 'not-tested' && entry.undecided === 0 ? (
          title
        ) : (
          <a href={hashOf({ kind: 'overview', filter: { ...NO_FILTER, tag: property } })}>{title}</a>
        )}
      </th>
      <td class="state">
        <span aria-hidden="true">{sign}</span> {word}
      </td>
      <td class="quiet">
        {reason ?? <Evidence entry={entry} />}
        {documented !== undefined && state === 'violated' && <div>a documented gap</div>}
      </td>
    </tr>
  );
}

/** Scenarios named on the card itself; the filter behind the title shows the others. */
const SHOWN = 3;

function Evidence({ entry: { passed, violated, undecided } }: { readonly entry: CardEntry }) {
  const counts = [`${passed} passed`, ...(undecided > 0 ? [`${undecided} not decided`] : [])].join(', ');
  return (
    <>
      {violated.slice(0, SHOWN).map((id) => (
        <span key={id}>
          <a href={hashOf({ kind: 'scenario', id })}>{id}</a>,{' '}
        </span>
      ))}
      {violated.length > SHOWN && `${violated.length - SHOWN} more, `}
      {counts}
    </>
  );
}
