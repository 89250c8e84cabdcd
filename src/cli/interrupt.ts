/** Thrown as the abort reason when the user ends the program: exit code 130, after clean-up. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Signals that come within so many ms are one: a program above has passed on what the terminal sent to all. */
const SAME_MS = 500;

/**
 * A signal that aborts on Ctrl-C (SIGINT) and on SIGTERM; clean-up then runs. A second Ctrl-C ends the program at
 * once with 130 and says what is left behind. `now` is in ms. Disposing removes the listeners.
 */
export function interruptSignal(
  warn: (line: string) => void,
  now: () => number = () => performance.now(),
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  let firstMs = 0;
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      if (now() - firstMs < SAME_MS) return;
      warn('interrupted again: clean-up was cut short; "netproof clean" removes what is left');
      process.exit(130);
    }
    firstMs = now();
    warn('interrupted: cleaning up (Ctrl-C again ends at once)');
    controller.abort(new Interrupted('interrupted'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
