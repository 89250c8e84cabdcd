import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { calico } from '../../../../../src/adapters/cni/calico.ts';
import { fetchManifest } from '../../../../../src/adapters/images/registry/fetch-manifest.ts';
import { stateFolder } from '../../../../../src/adapters/state-folder.ts';
import type { ClusterError } from '../../../../../src/core/diagnostics/errors.ts';

describe('fetchManifest', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'manifest-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const options = (fetch: () => Promise<Response>) => ({
    state: stateFolder({ NETPROOF_HOME: home }),
    signal: new AbortController().signal,
    limitMs: 1_000,
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
    const first = await fetchManifest(calico, 'v3.28.5', options(fetch));
    expect(await fetchManifest(calico, 'v3.28.5', options(fetch))).to.deep.equal(first);
    expect(first[0]?.metadata.name).to.equal('calico-node');
    expect(asked).to.equal(calico.manifestUrl('v3.28.5'));
  });

  it('keeps nothing that is no manifest', async () => {
    const fetch = async () => new Response('<html>log in</html>');
    expect(await codeOf(fetchManifest(calico, 'v1.0.0', options(fetch)))).to.equal('manifest-invalid');
    expect(await readdir(home)).to.deep.equal([]);
  });

  it('tells a version that does not exist from a server that does not answer', async () => {
    const status = (code: number) => options(async () => new Response('', { status: code }));
    expect(await codeOf(fetchManifest(calico, 'v9.9.9', status(404)))).to.equal('manifest-missing');
    expect(await codeOf(fetchManifest(calico, 'v9.9.9', status(503)))).to.equal('manifest-unreachable');
    const offline = options(() => Promise.reject(new TypeError('fetch failed')));
    expect(await codeOf(fetchManifest(calico, 'v9.9.9', offline))).to.equal('manifest-unreachable');
  });
});
