import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadImages } from '../../../../../src/adapters/cluster/kind/load-images.ts';
import { fakeEngine } from '../../../../support/fake-engine.ts';
import { quietProgress } from '../../../../support/quiet-progress.ts';

/** Notes every call; node n1 has alpine, n2 has nothing; an import notes what it is given. */
const script = `
echo "$*" >>"$LOG"
case "$*" in
  save*) echo archive >"$3" ;;
  *"exec n1 ctr"*" ls -q") echo docker.io/library/alpine:3.22 ;;
  *import*) echo "given $(cat)" >>"$LOG" ;;
esac`;

describe('loadImages', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'load-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const load = async (images: readonly { image: string; as: string }[]) => {
    await using fake = await fakeEngine(script);
    const target = { engine: fake.engine, nodes: ['n1', 'n2'], folder, logFile: join(folder, 'kind.log') };
    await loadImages(images, target, { progress: quietProgress(), signal: new AbortController().signal });
    return (await readFile(fake.log, 'utf8')).trim().split('\n');
  };
  const alpine = { image: 'alpine:3.22', as: 'docker.io/library/alpine:3.22' };
  const nginx = { image: 'netproof/nginx:k1', as: 'docker.io/library/nginx:1.28' };

  it('imports into each node that lacks an image, under the name that pods use', async () => {
    const calls = await load([alpine, nginx]);
    expect(calls.filter((call) => call.startsWith('save'))[0]).to.match(/images\.tar alpine:3\.22 netproof\/nginx:k1$/);
    for (const node of ['n1', 'n2']) {
      expect(
        calls.some((call) => call.startsWith(`exec --interactive ${node} ctr`) && call.includes('import')),
      ).to.equal(true);
      expect(calls).to.include(
        `exec ${node} ctr --namespace k8s.io images tag --force docker.io/netproof/nginx:k1 docker.io/library/nginx:1.28`,
      );
    }
    expect(calls.filter((call) => call === 'given archive')).to.have.length(2);
    expect(calls.some((call) => call.includes('tag --force docker.io/library/alpine'))).to.equal(false);
  });

  it('leaves a node alone that has all of them', async () => {
    const calls = await load([alpine]);
    expect(calls.some((call) => call.includes('--interactive n1'))).to.equal(false);
    expect(calls.some((call) => call.includes('--interactive n2'))).to.equal(true);
  });

  it('leaves no archive behind', async () => {
    await load([alpine, nginx]);
    expect(await readdir(folder)).to.deep.equal(['kind.log']);
  });

  it('saves nothing when nothing lacks', async () => {
    expect((await load([])).some((call) => call.startsWith('save'))).to.equal(false);
  });
});
