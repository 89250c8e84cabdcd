import { setTimeout as sleep } from 'node:timers/promises';
import { stopClocks } from './virtual-clock.ts';

/** How long what a test has ended may take to end, in ms. */
const LAST_STEPS_MS = 500;

/** A run that a test leaves in virtual time would go on for ever, and the tests' process with it. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await sleep(LAST_STEPS_MS);
    const left = stopClocks();
    if (left.length > 0) throw new Error(`runs in virtual time that no test has ended:\n${left.join('\n')}`);
  },
};
