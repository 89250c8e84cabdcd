// Hooks of a suite that forgot netproof's own; run by cluster-hooks.test.ts.
import { appendFileSync } from 'node:fs';

export function mochaGlobalSetup(): void {
  appendFileSync(process.env.SUITE_LOG!, 'no cluster\n');
}
