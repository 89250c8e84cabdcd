import type { ScenarioResult } from '../core/result/result.ts';
import type { RunEvent, RunEvents } from '../ports/run-events.ts';
import { closingLines } from './closing.ts';
import { formatElapsed } from './elapsed.ts';
import type { Output } from './output.ts';
import { scenarioMark, stepLines } from './step-lines.ts';
import { paint } from './symbols.ts';
import { counted } from './words.ts';

/**
 * Prints a run for people: scenarios with their steps and matrices, what failed and why, a closing summary. Lines of a
 * scenario stay together: of several that run at once one prints as it goes, the others when it is done.
 */
export function terminalReporter(output: Output): RunEvents {
  /** Lines that wait for their scenario's turn, by its id, in the order of starting; the first prints at once. */
  const waiting = new Map<string, string[]>();

  const say = (id: string, lines: readonly string[]): void => {
    const held = waiting.get(id);
    if (held === undefined || waiting.keys().next().value === id) output.print(lines);
    else held.push(...lines);
  };
  /** Ends a scenario and lets the next one print. */
  const end = (id: string): void => {
    const first = waiting.keys().next().value === id;
    const held = waiting.get(id) ?? [];
    waiting.delete(id);
    if (!first) {
      output.print(held);
      return;
    }
    const next = waiting.values().next().value;
    if (next) output.print(next.splice(0));
  };

  return (event) => {
    switch (event.kind) {
      case 'run-started':
        return output.print(headLines(event));
      case 'scenario-started': {
        waiting.set(event.id, []);
        const title = `[${event.index}/${event.total}] ${paint('bold', event.id, output.colour)}: ${event.title}`;
        return say(event.id, ['', title, ...event.notes.map((note) => `  note: ${note}`)]);
      }
      case 'phase':
        if (event.phase === 'set aside') {
          say(event.id, ['  did not pass: runs once more, alone, after the others']);
          return end(event.id);
        }
        if (event.phase === 'rerun') {
          waiting.set(event.id, []);
          say(event.id, ['', `${paint('bold', event.id, output.colour)}, once more, alone:`]);
        }
        return output.live(`  ${event.id}: ${event.phase}`);
      case 'step-started':
        return output.live(`  ${event.id}: ${event.step}, ${counted(event.cells, 'cell')}`);
      case 'step-finished': {
        const lines = stepLines(event.result, { width: output.width - 2, colour: output.colour });
        return say(
          event.id,
          lines.map((line) => `  ${line}`),
        );
      }
      case 'scenario-finished':
        output.live('');
        say(event.result.id, scenarioEnd(event.result, output.colour));
        return end(event.result.id);
      case 'warning':
        return output.print([`! ${event.message} (${event.code})`, ...(event.hint ? [`  try: ${event.hint}`] : [])]);
      case 'first-probe':
        return output.live(`  first probe after ${formatElapsed(event.sinceStartMs)}`);
      case 'run-finished':
        output.live('');
        return output.print(['', ...closingLines(event.result, output)]);
    }
  };
}

function headLines({ id, cluster, scenarios }: Extract<RunEvent, { kind: 'run-started' }>): string[] {
  const { provider, kubernetes, nodes, ipFamilies } = cluster;
  return [
    `run ${id}: ${counted(scenarios, 'scenario')} on ${provider}, Kubernetes ${kubernetes}, ${counted(nodes.length, 'node')}, ${ipFamilies.join(' and ')}`,
  ];
}

function scenarioEnd(result: ScenarioResult, colour: boolean): string[] {
  const { status, reason, known, duration_ms } = result;
  const because = known !== undefined ? `, as is known: ${known.why}` : reason === null ? '' : `: ${reason}`;
  return [`  ${scenarioMark(result, colour)} ${status} in ${formatElapsed(duration_ms)}${because}`];
}
