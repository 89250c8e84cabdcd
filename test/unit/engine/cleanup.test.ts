import { expect } from 'chai';
import { removeNamespaces } from '../../../src/engine/cleanup.ts';
import type { Cluster, ListQuery } from '../../../src/ports/cluster.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

describe('the removal of namespaces', () => {
  const asked = async (which: object): Promise<unknown> => {
    const queries: ListQuery[] = [];
    const list: Cluster['list'] = async (query) => {
      queries.push(query);
      return [];
    };
    await removeNamespaces({ list } as unknown as Cluster, virtualClock(), { ...which, wait: false });
    return queries[0]?.labelSelector;
  };

  it('asks the API server for those of one run, of all, or of all but some', async () => {
    expect(await asked({ runId: 'a' })).to.equal('netproof.io/run=a');
    expect(await asked({})).to.equal('netproof.io/run');
    expect(await asked({ except: [] })).to.equal('netproof.io/run');
    expect(await asked({ except: ['a', 'b'] })).to.equal('netproof.io/run,netproof.io/run notin (a,b)');
  });
});
