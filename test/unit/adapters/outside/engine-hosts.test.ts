import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { FoundEngine } from '../../../../src/adapters/container-engine/find-engine.ts';
import { execEverywhere } from '../../../../src/adapters/outside/engine-exec.ts';
import { engineHosts } from '../../../../src/adapters/outside/engine-hosts.ts';
import { fakeEngine } from '../../../support/fake-engine.ts';

const cluster = {
  info: async () => ({
    provider: 'kind',
    kubernetes: 'v1',
    nodes: [{ name: 'n0', ips: ['172.18.0.2'], ready: true }],
    ipFamilies: ['IPv4' as const],
  }),
};

/** Plays the docker client: node n0 is on network kind, a new container gets 172.18.0.7. */
const DOCKER = `echo "$@" >> "$LOG"
case "$*" in
  *inspect*name*n0) echo "kind ";;
  *inspect*n0) echo "172.18.0.2 ";;
  *inspect*np-r-1-outside-h) echo "172.18.0.7 fc00::7 ";;
  ps*) printf 'np-r-1-outside-h\\nnp-r-2-outside-h\\n';;
esac`;

async function withEngine<T>(
  use: (findEngine: () => Promise<FoundEngine>, log: () => string) => Promise<T>,
  script = DOCKER,
) {
  await using fake = await fakeEngine(script);
  return await use(
    async () => ({ found: true, engine: fake.engine }),
    () => readFileSync(fake.log, 'utf8'),
  );
}

describe('hosts outside the pod network', () => {
  it('are containers with the agent, on the network of the nodes, marked with the run', async () => {
    await withEngine(async (findEngine, log) => {
      const host = { name: 'h', ports: [{ port: 80, protocol: 'TCP' as const }] };
      const started = await engineHosts({ cluster, findEngine }).start(
        host,
        { name: 'np-r-1-outside-h', runId: 'r' },
        {},
      );
      expect(started).to.deep.equal({
        ref: { namespace: 'outside', name: 'np-r-1-outside-h' },
        ips: ['172.18.0.7', 'fc00::7'],
      });
      const [, create = '', copy = '', start] = log().split('\n');
      expect(create).to.match(
        /^create --name np-r-1-outside-h --label netproof.io\/run=r --network kind --cap-add NET_ADMIN /,
      );
      expect(create).to.contain('"identity":"outside/h"').and.contain('"port":80').and.contain('"address":"127.0.0.1"');
      expect(copy).to.match(/^cp .*\/agent np-r-1-outside-h:\/netproof$/);
      expect(start).to.equal('start np-r-1-outside-h');
    });
  });

  it('know the way to pods through their nodes', async () => {
    await withEngine(async (findEngine, log) => {
      const routes = [
        { to: '10.244.1.5', via: '172.18.0.3' },
        { to: 'fd00::5', via: 'fc00::3' },
      ];
      await engineHosts({ cluster, findEngine }).route({ namespace: 'outside', name: 'h' }, routes, {});
      expect(log()).to.contain('ip route replace 10.244.1.5 via 172.18.0.3');
      expect(log()).to.contain('ip -6 route replace fd00::5 via fc00::3');
    });
  });

  it('are removed by their label', async () => {
    await withEngine(async (findEngine, log) => {
      const removed = await engineHosts({ cluster, findEngine }).remove({ runId: 'r' });
      expect(removed).to.deep.equal(['np-r-1-outside-h', 'np-r-2-outside-h']);
      expect(log())
        .to.contain('--filter label=netproof.io/run=r')
        .and.contain('rm --force --volumes np-r-1-outside-h np-r-2');
    });
  });

  it('cannot be had without an engine that runs the nodes and has the image', async () => {
    const without = engineHosts({ cluster, findEngine: async () => ({ found: false, reason: 'none' }) });
    expect(await without.lacks()).to.contain('no container engine');
    expect(await without.remove({})).to.deep.equal([]);
    const lacks = (script: string) => withEngine((findEngine) => engineHosts({ cluster, findEngine }).lacks(), script);
    expect(await lacks(DOCKER)).to.equal(undefined);
    expect(await lacks('echo 10.9.9.9')).to.contain('node n0');
    expect(await lacks('case "$*" in image*) exit 1;; *) echo 172.18.0.2;; esac')).to.contain('node:24-alpine');
  });

  it('run commands through the engine, pods through the cluster', async () => {
    await withEngine(async (findEngine, log) => {
      const asked: string[] = [];
      const exec = execEverywhere(async ({ name }) => {
        asked.push(name);
        throw new Error('a pod');
      }, findEngine);
      await exec({ namespace: 'np', name: 'a' }, ['true']).catch(() => {});
      expect(asked).to.deep.equal(['a']);
      const stream = await exec({ namespace: 'outside', name: 'h' }, ['cat']);
      stream.stdin.end('said\n');
      expect(await text(stream.stdout)).to.equal('said\n');
      expect(await stream.ended).to.deep.equal({ kind: 'exited', code: 7 });
      expect(log()).to.contain('exec --interactive h cat');
    }, 'echo "$@" >> "$LOG"; cat; exit 7');
  });
});
