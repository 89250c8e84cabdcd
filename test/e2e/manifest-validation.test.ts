import { expect } from 'chai';
import * as fc from 'fast-check';
import { connect } from '../../src/adapters/kube/connect.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { ClusterError } from '../../src/core/diagnostics/errors.ts';
import { readManifest } from '../../src/formats/manifest.ts';
import { parseYaml } from '../../src/formats/yaml-document.ts';
import { plainNode } from '../../src/formats/yaml-node.ts';
import type { Cluster, KubeObject } from '../../src/ports/cluster.ts';
import { policies } from '../support/oracle/arbitrary.ts';
import { BROKEN, brokenText } from '../unit/formats/broken-manifests.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

const NAMESPACE = `np-validation-${process.pid}`;
const SERVER_REFUSES = new Set(['api-invalid', 'api-bad-request']);
/** Where we are stricter on purpose: the server takes an empty item for "everything". */
const STRICTER = new Set(['an empty list item']);

/** Also when the server fails to make its own type of what it was sent, e.g. of a port that is a list. */
function isRefusal({ code, message }: ClusterError): boolean {
  return SERVER_REFUSES.has(code) || message.includes('failed to convert new object');
}

describe("the API server's verdict on policies, and ours", function () {
  this.timeout(CLUSTER_TIMEOUT_MS);
  let cluster: Cluster;

  before(async () => {
    cluster = await connect({ ...(await standingCluster()), clock: systemClock });
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  });
  after(async () => {
    await cluster?.delete({ apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE });
  });

  /** Whether the server takes the object, in a namespace without pods. */
  const taken = async (object: KubeObject): Promise<boolean> => {
    try {
      await cluster.apply({ ...object, metadata: { ...object.metadata, name: 'asked', namespace: NAMESPACE } });
      return true;
    } catch (error) {
      if (error instanceof ClusterError && isRefusal(error)) return false;
      throw error;
    }
  };

  for (const broken of BROKEN.filter(({ title }) => !STRICTER.has(title))) {
    const object = parseYaml(brokenText(broken), 'f.yaml', 'kubernetes').documents[0]?.root.value as
      | KubeObject
      | undefined;
    const askable = object?.kind === 'NetworkPolicy' && object.apiVersion === 'networking.k8s.io/v1';
    if (!askable || broken.aboutName) continue;
    it(`refuses ${broken.title}, as we do`, async () => {
      expect(await taken(object)).to.equal(false);
    });
  }

  it('agree on policies made by chance', async () => {
    const all = fc.sample(policies, { numRuns: 60, seed: 4 }).flat();
    for (const policy of all) {
      const object = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...policy } as unknown as KubeObject;
      const node = plainNode(JSON.parse(JSON.stringify(object)), { file: 'f', line: 1, column: 1 });
      const { problems } = readManifest(node, '');
      expect(await taken(object), JSON.stringify({ policy, problems })).to.equal(problems.length === 0);
    }
  });
});
