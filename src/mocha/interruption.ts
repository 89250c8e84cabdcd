import { interruptSignal } from '../cli/interrupt.ts';

/** Exit code of a suite that was ended by Ctrl-C. */
const EXIT_CODE = 130;

let interrupted = false;

/**
 * A signal that aborts on Ctrl-C, for what a suite does on a cluster. Mocha goes on to its hooks, which clean up, and then
 * ends with 130.
 */
export function suiteInterrupt(warn: (line: string) => void): ReturnType<typeof interruptSignal> {
  const interrupt = interruptSignal(warn);
  const abort = (): void => {
    interrupted = true;
    // Mocha sets an exit code of its own later than any hook: only an exit within the exit comes after it.
    process.once('exit', () => process.exit(EXIT_CODE));
  };
  interrupt.signal.addEventListener('abort', abort, { once: true });
  return interrupt;
}

/** Whether the suite was ended by Ctrl-C: what is left of it is skipped. */
export function isInterrupted(): boolean {
  return interrupted;
}
