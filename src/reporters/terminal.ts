import type { ScenarioResult } from '../core/result/result.ts';
import type { RunEvent, RunEvents } from '../ports/run-events.ts';
import { closingLines } from './closing.ts';
import { formatElapsed } from './elapsed.ts';
import { laneView } from './lane-view.ts';
import type { Output } from './output.ts';
import { scenarioEnd } from './scenario-lines.ts';
import { scenarioMark, stepLines } from './step-lines.ts';
import { paint } from './symbols.ts';
import { inTurn, whenDone } from './turns.ts';
import { counted } from './words.ts';
import { hung } from './wrap.ts';

/** A run of more scenarios than this says one line of each that passed; a few are shown in full. */
const SHOWN_IN_FULL = 10;

/**
 * Prints a run for people: scenarios with their steps and matrices, what failed and why, a closing summary; of many
 * scenarios only those in full that did not pass. Below, on a terminal, what runs at the moment.
 */
export function terminalReporter(output: Output): RunEvents {
  const lanes = laneView();
  let many = false;
  let turns = inTurn(output);
  const places = new Map<string, string>();
  const draw = () => output.live(lanes.text(output));
  const fitted = (texts: readonly string[]) => texts.flatMap((line) => hung(line, output.width));
  const print = (texts: readonly string[]) => output.print(fitted(texts));
  const say = (id: string, texts: readonly string[]) => turns.say(id, fitted(texts));
  const doing = (id: string, what: string) => {
    lanes.doing(id, what);
    draw();
  };

  return (event) => {
    switch (event.kind) {
      case 'run-started':
        many = event.scenarios > SHOWN_IN_FULL;
        if (many) turns = whenDone(output);
        lanes.begin(event.scenarios);
        return print(headLines(event));
      case 'scenario-started': {
        turns.begin(event.id);
        places.set(event.id, `[${event.index}/${event.total}]`);
        const title = `${places.get(event.id)} ${paint('bold', event.id, output.colour)}: ${event.title}`;
        say(event.id, ['', title, ...event.notes.map((note) => `  note: ${note}`)]);
        return doing(event.id, 'begins');
      }
      case 'phase':
        if (event.phase === 'set aside') {
          lanes.rest(event.id);
          say(event.id, ['  did not pass: runs once more, alone, after the others']);
          turns.end(event.id);
          return draw();
        }
        if (event.phase === 'repeat') {
          say(event.id, ['  our own probing kept cells unknown: runs once more at once']);
        }
        if (event.phase === 'rerun') {
          turns.begin(event.id);
          say(event.id, ['', `${paint('bold', event.id, output.colour)}, once more, alone:`]);
        }
        return doing(event.id, event.phase);
      case 'step-started':
        return doing(event.id, `${event.step}, ${counted(event.cells, 'cell')}`);
      case 'step-finished': {
        const lines = stepLines(event.result, { width: output.width - 2, colour: output.colour });
        return turns.say(
          event.id,
          lines.map((line) => `  ${line}`),
        );
      }
      case 'scenario-finished': {
        const { result } = event;
        lanes.finished(result);
        draw();
        say(result.id, [scenarioEnd(result, output.colour)]);
        const brief = many && (result.status === 'passed' || result.status === 'skipped');
        return turns.end(
          result.id,
          brief ? fitted([briefLine(result, places.get(result.id) ?? '', output.colour)]) : undefined,
        );
      }
      case 'warning':
        return print([`! ${event.message} (${event.code})`, ...(event.hint ? [`  try: ${event.hint}`] : [])]);
      case 'first-probe':
        return;
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

/** A scenario that passed or was skipped, in one line. */
function briefLine(scenario: ScenarioResult, place: string, colour: boolean): string {
  const { id, status, reason, steps, duration_ms } = scenario;
  const head = `${scenarioMark(scenario, colour)} ${place} ${id}`;
  if (status === 'skipped') return `${head}: skipped: ${reason ?? 'no reason given'}`;
  const cells = steps.reduce((sum, step) => sum + step.cells.length, 0);
  return `${head}: ${counted(steps.length, 'step')}, ${counted(cells, 'cell')}, ${formatElapsed(duration_ms)}`;
}
