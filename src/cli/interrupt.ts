/** Thrown as the abort reason when the user ends the program: exit code 130, after clean-up. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A terminal's Ctrl-C may reach a process twice: from the terminal, and passed on by the one that started it. ms. */
const ECHO_MS = 1_000;

/**
 * A signal that aborts on Ctrl-C (SIGINT) and on SIGTERM; clean-up then runs. A second Ctrl-C ends the program at
 * once with 130 and says what is left behind. Disposing removes the listeners.
 */
export function interruptSignal(warn: (line: string) => void): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  let firstMs = Number.NEGATIVE_INFINITY;
  const onSignal = (): void => {
    if (performance.now() - firstMs < ECHO_MS) return;
    if (controller.signal.aborted) {
      warn('interrupted again: clean-up was cut short; "netproof clean" removes what is left');
      process.exit(130);
    }
    firstMs = performance.now();
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
