import type { Output } from './output.ts';

/** Keeps the lines of each scenario together while several run at once. */
export interface Turns {
  /** A scenario begins to have lines. */
  begin(id: string): void;
  /** Lines of a scenario. */
  say(id: string, lines: readonly string[]): void;
  /** A scenario has no more lines. `instead` replaces all of them, if none is printed yet. */
  end(id: string, instead?: readonly string[]): void;
}

/** One scenario prints as it goes, the others when their turn comes: for few scenarios, which somebody watches. */
export function inTurn(output: Pick<Output, 'print'>): Turns {
  /** Lines that wait for their scenario's turn, in the order of beginning; the first prints at once. */
  const waiting = new Map<string, string[]>();
  return {
    begin(id) {
      waiting.set(id, []);
    },
    say(id, lines) {
      const held = waiting.get(id);
      if (held === undefined || waiting.keys().next().value === id) output.print(lines);
      else held.push(...lines);
    },
    end(id) {
      const first = waiting.keys().next().value === id;
      const held = waiting.get(id) ?? [];
      waiting.delete(id);
      if (!first) return output.print(held);
      const next = waiting.values().next().value;
      if (next) output.print(next.splice(0));
    },
  };
}

/** Every scenario prints when it ends, so that one that passed takes a single line: for many scenarios. */
export function whenDone(output: Pick<Output, 'print'>): Turns {
  const held = new Map<string, string[]>();
  return {
    begin(id) {
      held.set(id, []);
    },
    say(id, lines) {
      const own = held.get(id);
      if (own === undefined) output.print(lines);
      else own.push(...lines);
    },
    end(id, instead) {
      output.print(instead ?? held.get(id) ?? []);
      held.delete(id);
    },
  };
}
