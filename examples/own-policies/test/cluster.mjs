import { clusterHooks } from 'netproof/mocha';

// kind with Calico, made once and kept for the next time. SIMULATE=1 runs on netproof's oracle, to try the tests themselves.
export const { mochaGlobalSetup, mochaGlobalTeardown, mochaHooks } = clusterHooks({
  simulate: process.env.SIMULATE === '1',
});
