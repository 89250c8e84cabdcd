import { expect, use } from 'chai';
import { lab, netproofChai } from 'netproof/chai';

use(netproofChai);

const { pod, cluster, policies } = lab({
  namespaces: {
    shop: {
      pods: {
        backend: { labels: { app: 'backend' } },
        database: { labels: { app: 'database' }, ports: [5432] },
      },
    },
    other: { pods: { stranger: { labels: { app: 'backend' } } } },
  },
  policies: ['policies/'],
});

describe('the policies of the shop', () => {
  it('let the backend reach the database', async () => {
    await expect(pod('shop/backend')).to.reach('shop/database', { port: 5432 });
  });

  it('keep others out within two seconds, whatever labels they give themselves', async () => {
    await expect(pod('other/stranger')).not.to.reach('shop/database', { port: 5432 }).within(2000);
  });

  it('come to this matrix', async () => {
    await expect(cluster).to.match({ deny: 'all', allow: ['shop/backend->shop/database'] });
  });

  it('say so themselves, without a cluster', () => {
    expect(policies).to.allow({ from: 'shop/backend', to: 'shop/database', port: 5432 });
    expect(policies).not.to.allow({ from: 'other/stranger', to: 'shop/database', port: 5432 });
  });
});
