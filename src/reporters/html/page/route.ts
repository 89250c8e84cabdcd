import { useEffect, useState } from 'preact/hooks';

/** Which scenarios are listed. Empty texts and lists do not filter. */
export interface Filter {
  readonly text: string;
  readonly status: readonly string[];
  readonly tag: string;
  readonly origin: string;
}

/** What the page shows, as its address says: a link to it shows the same. */
export type Route =
  | { readonly kind: 'overview'; readonly filter: Filter }
  | { readonly kind: 'scenario'; readonly id: string; readonly step?: number; readonly cell?: string };

/** A filter that lets everything through. */
export const NO_FILTER: Filter = { text: '', status: [], tag: '', origin: '' };

/** The address of a route, to be used as a link. */
export function hashOf(route: Route): string {
  if (route.kind === 'scenario') {
    const parts = [route.id, route.step, route.cell].filter((part) => part !== undefined);
    return `#/scenario/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
  }
  const { text, status, tag, origin } = route.filter;
  const query = new URLSearchParams(
    Object.entries({ text, status: status.join(','), tag, origin }).filter(([, value]) => value !== ''),
  ).toString();
  return query === '' ? '#/' : `#/?${query}`;
}

/** The route that an address stands for; the overview for one that stands for nothing. */
function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [kind, id, step, cell] = decoded(path.split('/'));
  if (kind === 'scenario' && id) {
    return {
      kind,
      id,
      ...(step !== undefined && /^\d+$/.test(step) && { step: Number(step) }),
      ...(cell !== undefined && { cell }),
    };
  }
  const params = new URLSearchParams(query);
  const of = (name: string) => params.get(name) ?? '';
  const status = of('status').split(',').filter(Boolean);
  return { kind: 'overview', filter: { text: of('text'), status, tag: of('tag'), origin: of('origin') } };
}

/** The parts of an address, none where one of them is no address: somebody's programs cut what follows a `%`. */
function decoded(parts: readonly string[]): readonly string[] {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return [];
  }
}

/** The current route, following the address. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const follow = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Goes to a route. `replace` leaves no entry in the browser's history, e.g. for every letter of a search. */
export function go(route: Route, { replace = false } = {}): void {
  if (!replace) {
    location.hash = hashOf(route);
    return;
  }
  history.replaceState(null, '', hashOf(route));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
