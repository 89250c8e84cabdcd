import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ReportOverview } from '../../../core/result/page/overview.ts';
import { Header } from './header.tsx';
import { Overview } from './overview/overview.tsx';
import { go, NO_FILTER, type Route, useRoute } from './route.ts';
import { ScenarioPage } from './scenario/scenario-page.tsx';

/** The whole page: the overview, or one scenario. */
export function App({ overview }: { readonly overview: ReportOverview }) {
  const route = useRoute();
  useKeys(route);
  useTitle(route, overview);
  const index = route.kind === 'scenario' ? overview.scenarios.findIndex(({ id }) => id === route.id) : -1;
  const entry = overview.scenarios[index];
  return (
    <>
      <Header overview={overview} />
      <main>
        {route.kind === 'scenario' && entry === undefined && (
          <p role="alert">
            This report has no scenario “{route.id}”. <a href="#/">To the overview</a>
          </p>
        )}
        {route.kind === 'scenario' && entry !== undefined && (
          <ScenarioPage
            key={entry.id}
            index={index}
            entry={entry}
            neighbours={[overview.scenarios[index - 1], overview.scenarios[index + 1]]}
            step={route.step}
            cell={route.cell}
          />
        )}
        {route.kind === 'overview' && <Overview overview={overview} filter={route.filter} />}
      </main>
      <footer class="quiet no-print">
        Keys: <kbd>/</kbd> search, <kbd>Esc</kbd> back, arrows move in a matrix, <kbd>Enter</kbd> opens a cell.
      </footer>
    </>
  );
}

/** Names the page in tabs and in the history by what it shows, the most particular first. */
function useTitle(route: Route, { run: { cni } }: ReportOverview): void {
  const plugin = [cni.name, cni.version].filter(Boolean).join(' ');
  const shown = route.kind === 'scenario' ? [route.cell, route.id] : [];
  const title = [...shown, plugin, 'netproof report'].filter((part) => part !== undefined).join(' · ');
  useLayoutEffect(() => {
    document.title = title;
  }, [title]);
}

/** `/` goes to the search, `Escape` one level back: from a cell to its scenario, from there to the list. */
function useKeys(route: Route): void {
  /** The search is to be focused once there is one. */
  const searching = useRef(false);
  useLayoutEffect(() => {
    if (!searching.current || route.kind !== 'overview') return;
    searching.current = false;
    focusSearch();
  }, [route]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement;
      if (event.key === '/' && !typing) {
        event.preventDefault();
        if (focusSearch()) return;
        searching.current = true;
        go({ kind: 'overview', filter: NO_FILTER });
      }
      if (event.key === 'Escape') leave(typing);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Focuses the search, and says whether there is one. */
function focusSearch(): boolean {
  const search = document.getElementById('search');
  search?.focus();
  return search !== null;
}

function leave(typing: boolean): void {
  const [, kind, id, , cell] = location.hash.split('/');
  if (kind !== 'scenario') {
    if (typing) go({ kind: 'overview', filter: NO_FILTER }, { replace: true });
    return;
  }
  location.hash = cell === undefined ? '#/' : `#/scenario/${id}`;
}
