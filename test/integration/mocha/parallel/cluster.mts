// What mocha requires in a project that uses clusterHooks; run by cluster-hooks.test.ts.
import { appendFileSync } from 'node:fs';
import { clusterHooks } from '../../../../src/mocha/index.ts';

const log = (line: string): void => appendFileSync(process.env.SUITE_LOG!, `${line}\n`);

const hooks = clusterHooks({
  simulate: true,
  onResult: ({ run, summary }) => {
    log(`result ${run.id} ${summary.passed} of ${summary.scenarios}${run.interrupted ? ', interrupted' : ''}`);
  },
});

export const { mochaHooks } = hooks;

export async function mochaGlobalSetup(): Promise<void> {
  log('up');
  await hooks.mochaGlobalSetup();
}

export async function mochaGlobalTeardown(): Promise<void> {
  await hooks.mochaGlobalTeardown();
  log('down');
}
