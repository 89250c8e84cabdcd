import type { ResultStatus, ScenarioResult } from '../core/result/result.ts';
import { counted } from './words.ts';

/** What runs at the moment, for the lines below what stays on a terminal. */
export interface LaneView {
  /** A run of so many scenarios begins. */
  begin(scenarios: number): void;
  /** A scenario is doing this now. */
  doing(id: string, what: string): void;
  /** A scenario is not running for now, or has ended. */
  rest(id: string): void;
  /** A scenario ended for good. */
  finished(result: ScenarioResult): void;
  /** The lines: one for each scenario that runs, as many as there is room, and how far the run is. Empty when nothing runs. */
  text(size: { readonly width: number; readonly rows: number }): string;
}

const STATUSES: readonly ResultStatus[] = ['failed', 'flaky', 'inconclusive', 'passed', 'skipped'];

/** Rows of a terminal that are left to what stays. */
const KEPT_ROWS = 4;

/** Makes a view of a run that has not begun. */
export function laneView(): LaneView {
  const running = new Map<string, string>();
  const counts = new Map<ResultStatus, number>();
  let total = 0;

  const progress = (): string[] => {
    if (total < 2) return [];
    const done = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const parts = STATUSES.flatMap((status) => (counts.has(status) ? [`${counts.get(status)} ${status}`] : []));
    return [`  ${done} of ${counted(total, 'scenario')} done${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`];
  };

  return {
    begin(scenarios) {
      total = scenarios;
    },
    doing(id, what) {
      running.set(id, what);
    },
    rest(id) {
      running.delete(id);
    },
    finished({ id, status }) {
      running.delete(id);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    },
    text({ width, rows }) {
      if (running.size === 0) return '';
      const room = Math.max(1, rows - KEPT_ROWS);
      const lines = [...running].map(([id, what]) => `  ${id}: ${what}`);
      const hidden = lines.length - room;
      const shown = hidden > 0 ? [...lines.slice(0, room), `  and ${counted(hidden, 'more scenario')}`] : lines;
      // A line that wraps would be cleared only in part.
      return [...shown, ...progress()]
        .map((line) => (line.length < width ? line : `${line.slice(0, width - 2)}…`))
        .join('\n');
    },
  };
}
