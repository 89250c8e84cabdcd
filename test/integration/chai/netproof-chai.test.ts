import { AssertionError, expect, use } from 'chai';
import { lab, netproofChai, policiesIn } from '../../../src/chai/index.ts';
import type { Run } from '../../../src/engine/run.ts';
import type { Cluster } from '../../../src/ports/cluster.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';

use(netproofChai);

const onlyFriends = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'only-friends', namespace: 'y' },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ namespaceSelector: {}, podSelector: { matchLabels: { role: 'friend' } } }],
        ports: [{ port: 80 }],
      },
    ],
  },
};

const definition = {
  namespaces: {
    x: { pods: { friend: { labels: { role: 'friend' } }, stranger: {} } },
    y: { pods: { web: { labels: { app: 'web' }, ports: [80, 81] } } },
  },
  policies: [onlyFriends],
};

/** Stores each NetworkPolicy as another kind, which nobody enforces. */
const withoutPlugin = (cluster: Cluster): Partial<Cluster> => ({
  apply: (object, options) =>
    cluster.apply(object.kind === 'NetworkPolicy' ? { ...object, kind: 'ConfigMap' } : object, options),
});

const failureOf = (assertion: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(assertion).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the chai plugin', function () {
  this.timeout(120_000);

  describe('on a plugin that enforces', () => {
    let run: Run;
    before(async () => {
      ({ run } = await simulatedRun());
    });
    after(() => run.finish(() => {}));
    const { pod, cluster } = lab(definition, { runner: () => run });

    it('says who reaches whom', async () => {
      await expect(pod('x/friend')).to.reach('y/web', { port: 80 }).within(2000);
      await expect(pod('x/stranger')).not.to.reach('y/web', { port: 80 }).within(2000);
    });

    it('fails where the policies themselves say otherwise, with the rule', async () => {
      const error = await failureOf(expect(pod('x/friend')).to.reach('y/web', { port: 81 }));
      expect(error).to.be.instanceOf(AssertionError);
      expect((error as Error).message)
        .to.contain('expected x/friend to reach y/web:81/TCP')
        .and.contain('only-friends');
    });

    it('compares the whole matrix', async () => {
      await expect(cluster).to.match({ deny: 'all', allow: ['x/friend->y/web:80'] });
    });

    it('takes a matrix that says too much for a mistake', async () => {
      const error = await failureOf(expect(cluster).to.match({ allow: 'all' }));
      expect(error).to.be.instanceOf(AssertionError);
      expect((error as Error).message).to.contain('x/stranger->y/web:80');
    });

    it('knows no port that no pod serves', async () => {
      const error = await failureOf(expect(pod('x/friend')).to.reach('y/web', { port: 9999 }));
      expect((error as Error).message).to.contain('9999');
    });
  });

  describe('on a plugin that enforces nothing', () => {
    let run: Run;
    before(async () => {
      ({ run } = await simulatedRun({ cluster: withoutPlugin }));
    });
    after(() => run.finish(() => {}));
    const { pod, cluster } = lab(definition, { runner: () => run });

    it('fails with the matrix and the rule, as the terminal prints them', async () => {
      const error = await failureOf(expect(pod('x/stranger')).not.to.reach('y/web', { port: 80 }));
      expect(error).to.be.instanceOf(AssertionError);
      expect((error as Error).message)
        .to.contain('expected x/stranger not to reach y/web:80/TCP')
        .and.contain('x/stranger->y/web:80/TCP via pod-ip')
        .and.contain('only-friends');
    });

    it('fails for the matrix too', async () => {
      const matrix = { deny: 'all' as const, allow: ['x/friend->y/web:80'] };
      expect(await failureOf(expect(cluster).to.match(matrix))).to.be.instanceOf(AssertionError);
    });

    it('passes what stays open', async () => {
      await expect(pod('x/friend')).to.reach('y/web', { port: 80 });
    });
  });

  describe('on the oracle alone', () => {
    const { policies } = lab(definition);

    it('allows and denies, with the rule that decides', () => {
      expect(policies).to.allow({ from: 'x/friend', to: 'y/web', port: 80 });
      expect(policies).not.to.allow({ from: 'x/stranger', to: 'y/web', port: 80 });
      expect(() => expect(policies).to.allow({ from: 'x/stranger', to: 'y/web', port: 80 })).to.throw(
        AssertionError,
        /denied[\s\S]*only-friends/,
      );
      expect(() => expect(policies).not.to.allow({ from: 'x/friend', to: 'y/web', port: 80 })).to.throw(
        AssertionError,
        'allowed',
      );
    });

    it('reads manifests as they are deployed', async () => {
      const deployed = await policiesIn('test/integration/chai/deployed.yaml');
      expect(deployed).to.allow({ from: 'shop/front', to: 'shop/db', port: 5432 });
      expect(deployed).not.to.allow({ from: 'shop/stranger', to: 'shop/db', port: 5432 });
      expect(() => deployed.ask({ from: 'shop/nobody', to: 'shop/db', port: 1 })).to.throw('there is no pod');
    });
  });

  it("leaves chai's own match as it was", () => {
    expect('netproof').to.match(/^net/);
    expect(() => expect('netproof').to.match(/^x/)).to.throw(AssertionError);
  });

  it('says where it is wanted of something else', () => {
    expect(() => expect('x/a').to.reach('y/b', { port: 80 })).to.throw(TypeError, 'a pod of a lab');
    expect(() => expect(lab(definition).cluster).not.to.match({ allow: 'all' })).to.throw(TypeError, 'no "not"');
  });
});
