import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { Progress } from '../ports/progress.ts';
import { type ProgressStep, stepElapsed, stepLabel, systemTicker, type Ticker } from './progress-step.ts';

/** A stream that draws, with its size where it is known. */
export type TerminalStream = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

const frames = ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'];
const redrawMs = 200;
const fallbackWidth = 80;

/**
 * Progress as a live drawing: a line for each step that has ended, and below them the one under way with the last
 * thing told about it and the time it has taken. Colours follow the stream and NO_COLOR. Disposing it with a step
 * open marks that step as failed.
 */
export function terminalProgress(stream: TerminalStream, ticker: Ticker = systemTicker): Progress & Disposable {
  const draw = createLogUpdate(stream);
  const colour = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text, { stream });
  let step: ProgressStep | undefined;
  let frame = 0;
  let stopTicking = (): void => {};

  const redraw = (): void => {
    if (step === undefined) return;
    frame = (frame + 1) % frames.length;
    const head = `${colour('cyan', frames[frame] ?? '')} ${stepLabel(step)} ${colour('dim', stepElapsed(step, ticker))}`;
    const room = (stream.columns ?? fallbackWidth) - 3;
    draw(step.detail === '' ? head : `${head}\n  ${colour('dim', step.detail.slice(0, room))}`);
  };
  const end = (mark: string): void => {
    stopTicking();
    if (step === undefined) return;
    draw.persist(`${mark} ${stepLabel(step)} ${colour('dim', stepElapsed(step, ticker))}`);
    draw.done();
    step = undefined;
  };

  return {
    step(title, index, total) {
      end(colour('green', '✓'));
      step = { title, index, total, startedMs: ticker.now(), detail: '' };
      stopTicking = ticker.every(redrawMs, redraw);
      redraw();
    },
    detail(text) {
      if (step !== undefined) step = { ...step, detail: text };
    },
    note(text) {
      draw.persist(`${colour('yellow', '•')} ${text}`);
      redraw();
    },
    done() {
      end(colour('green', '✓'));
    },
    [Symbol.dispose]() {
      end(colour('red', '✗'));
    },
  };
}
