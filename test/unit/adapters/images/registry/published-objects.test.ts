import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { calico } from '../../../../../src/adapters/cni/calico.ts';
import { manifestImages } from '../../../../../src/adapters/cni/manifest.ts';
import {
  type PublishedContext,
  publishedObjects,
} from '../../../../../src/adapters/images/registry/published-objects.ts';
import { stateFolder } from '../../../../../src/adapters/state-folder.ts';
import type { ClusterError } from '../../../../../src/core/diagnostics/errors.ts';
import { quietProgress } from '../../../../support/quiet-progress.ts';

describe('publishedObjects', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'manifest-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const target = {
    ipFamily: 'ipv4',
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '',
    apiServer: { host: 'c', port: 6443 },
  } as const;
  const objects = (version: string, context: PublishedContext) =>
    publishedObjects({ plugin: calico, version, target }, context);
  const options = (fetch: () => Promise<Response>) => ({
    state: stateFolder({ NETPROOF_HOME: home }),
    signal: new AbortController().signal,
    limitMs: 1_000,
    progress: quietProgress(),
    fetch,
  });
  const text = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: calico-node}\n';
  const codeOf = (work: Promise<unknown>) => work.then(String, (error: ClusterError) => error.code);

  it('keeps what it fetched and does not ask again', async () => {
    let asked = '';
    const fetch = async (url?: unknown): Promise<Response> => {
      asked += String(url);
      return new Response(text);
    };
    const first = await objects('v3.31.7', options(fetch));
    expect(await objects('v3.31.7', options(fetch))).to.deep.equal(first);
    expect(first[0]?.metadata.name).to.equal('calico-node');
    expect(asked).to.equal('https://raw.githubusercontent.com/projectcalico/calico/v3.31.7/manifests/calico.yaml');
  });

  it('gives the images that the file names without a tag the version of the file', async () => {
    const image = (tag: string) => ({ kind: 'Pod', spec: { containers: [{ image: `registry.test/agent${tag}` }] } });
    const pod = JSON.stringify({ apiVersion: 'v1', metadata: { name: 'agent' }, ...image('') });
    const install = {
      from: 'manifest',
      url: () => 'https://manifest.test',
      untagged: ['registry.test/agent'],
    } as const;
    const version = { plugin: { ...calico, install, versions: [] }, version: 'v1.2.3', target };
    const [agent] = await publishedObjects(
      version,
      options(async () => new Response(pod)),
    );
    expect(manifestImages(agent === undefined ? [] : [agent])).to.deep.equal(['registry.test/agent:v1.2.3']);
  });

  it('keeps nothing that is no manifest', async () => {
    const fetch = async () => new Response('<html>log in</html>');
    expect(await codeOf(objects('v1.0.0', options(fetch)))).to.equal('manifest-invalid');
    expect(await readdir(home)).to.deep.equal([]);
  });

  it('takes a release whose checksum is known only as it was', async () => {
    const tampered = options(async () => new Response(text));
    expect(await codeOf(objects('v3.33.0', tampered))).to.equal('manifest-checksum');
    expect(await readdir(home)).to.deep.equal([]);
  });

  it('fetches again what was altered where it is kept', async () => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const plugin = { ...calico, versions: [{ version: 'v1.2.3', kubernetes: [], sha256 }] };
    const ask = (context: PublishedContext) => publishedObjects({ plugin, version: 'v1.2.3', target }, context);
    await ask(options(async () => new Response(text)));
    await writeFile(join(home, 'manifests/calico-v1.2.3.yaml'), text.replace('calico-node', 'other'));
    const [account] = await ask(options(async () => new Response(text)));
    expect(account?.metadata.name).to.equal('calico-node');
  });

  it('tells a version that does not exist from a server that does not answer', async () => {
    const status = (code: number) => options(async () => new Response('', { status: code }));
    expect(await codeOf(objects('v9.9.9', status(404)))).to.equal('manifest-missing');
    expect(await codeOf(objects('v9.9.9', status(503)))).to.equal('manifest-unreachable');
    const offline = options(() => Promise.reject(new TypeError('fetch failed')));
    expect(await codeOf(objects('v9.9.9', offline))).to.equal('manifest-unreachable');
  });
});
