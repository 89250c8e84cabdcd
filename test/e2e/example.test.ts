import { expect } from 'chai';
import { exampleProject } from '../support/example-project.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

describe('the example project, with the packed package', function () {
  this.timeout(CLUSTER_TIMEOUT_MS);
  before(standingCluster);

  it('passes its own npm test on the cluster that stands', async () => {
    using project = await exampleProject();
    const { code, text } = await project.test();
    expect(code, text).to.equal(0);
    expect(text).to.match(/\b8 passing/);
  });
});
