/**
 * Scenarios as a mocha suite, and root hooks that give a suite its cluster.
 *
 * ```js
 * // cluster.mjs, which mocha requires: npx mocha --require ./cluster.mjs
 * import { clusterHooks } from 'netproof/mocha';
 * export const { mochaGlobalSetup, mochaGlobalTeardown, mochaHooks } = clusterHooks();
 * ```
 *
 * @module
 */

export { type ClusterHookOptions, type ClusterHooks, clusterHooks } from './cluster-hooks.ts';
export { describeScenarios, type SuiteOptions } from './describe-scenarios.ts';
