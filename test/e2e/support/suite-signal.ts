import { interruptSignal } from '../../../src/cli/interrupt.ts';

const interrupt = interruptSignal((line) => console.error(line));

/** Aborts on Ctrl-C: runs of the suite then clean up, and the suite ends with 130. */
export const suiteSignal = interrupt.signal;

// What has not begun when the suite is interrupted does not begin any more.
beforeEach(function () {
  if (suiteSignal.aborted) this.skip();
});
// A hook at the root runs after every suite, so after every clean-up.
after(() => {
  interrupt[Symbol.dispose]();
  if (suiteSignal.aborted) process.exit(130);
});
