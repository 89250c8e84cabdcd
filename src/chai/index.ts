/**
 * A chai plugin for policies: on a real cluster, and on the oracle alone.
 *
 * ```js
 * import { expect, use } from 'chai';
 * import { lab, netproofChai } from 'netproof/chai';
 * use(netproofChai);
 *
 * const { pod, cluster, policies } = lab({
 *   namespaces: { shop: { pods: { web: {}, db: { labels: { app: 'db' }, ports: [5432] } } } },
 *   policies: ['policies/'],
 * });
 * await expect(pod('shop/web')).to.reach('shop/db', { port: 5432 });
 * await expect(cluster).to.match({ allow: 'all' });
 * expect(policies).to.allow({ from: 'shop/web', to: 'shop/db', port: 5432 });
 * ```
 *
 * @module
 */

export type { LabDefinition, LabRunner, Matrix } from './lab.ts';
export { type Lab, type LabCluster, type LabOptions, type LabPod, lab } from './lab-subject.ts';
export { netproofChai } from './plugin.ts';
export { type Answer, type AskedConnection, type Policies, policiesIn } from './policies.ts';
export type { Reaching, ReachOptions } from './reaching.ts';
