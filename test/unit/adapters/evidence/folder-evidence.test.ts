import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { EvidencePart } from '../../../../src/adapters/evidence/evidence-part.ts';
import { folderEvidence } from '../../../../src/adapters/evidence/folder-evidence.ts';
import { aCase } from '../../../support/evidence/a-case.ts';

const part = (title: string, files: Record<string, string>, missing: readonly string[] = []): EvidencePart => ({
  title,
  collect: async () => ({ files: new Map(Object.entries(files)), missing }),
});
const { signal } = new AbortController();

describe('a folder of evidence', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'netproof-evidence-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));
  const evidence = (parts: readonly EvidencePart[], keepsRuns = false) =>
    folderEvidence({ root: join(parent, 'run1'), keepsRuns, parts });

  it('holds what was collected, and says what could not be had', async () => {
    const broken: EvidencePart = {
      title: 'rules of the nodes',
      collect: async () => {
        throw new Error('node n1 is no container\nof the engine on this machine');
      },
    };
    const folder = await evidence([
      part('logs', { 'n1/calico.log': 'words' }, ['n2/calico.log: gone']),
      broken,
    ]).collect(aCase(), signal);
    expect(folder).to.equal(join(parent, 'run1', 'test-web', 'deny'));
    expect(readFileSync(join(folder!, 'n1', 'calico.log'), 'utf8')).to.equal('words');
    const readme = readFileSync(join(folder!, 'README.md'), 'utf8');
    expect(readme).to.contain('- logs: n1/calico.log');
    expect(readme).to.contain('- n2/calico.log: gone');
    expect(readme).to.contain('- rules of the nodes: node n1 is no container of the engine on this machine');
    expect(readme).to.contain('`x/client->x/web:80/TCP via pod-ip`: expected closed, observed open');
  });

  it('is another one for the same step when it ran again', async () => {
    const kept = evidence([]);
    const folders = [await kept.collect(aCase(), signal), await kept.collect(aCase(), signal)];
    expect(folders.map((folder) => folder?.split('/').at(-1))).to.deep.equal(['deny', 'deny-2']);
  });

  it('keeps 2 MiB of a file, and says that its end is missing', async () => {
    const folder = await evidence([part('logs', { 'big.log': 'x'.repeat(3 * 1024 * 1024) })]).collect(aCase(), signal);
    expect(statSync(join(folder!, 'big.log')).size).to.equal(2 * 1024 * 1024);
    expect(readFileSync(join(folder!, 'README.md'), 'utf8')).to.contain('big.log: its end, it was too large');
  });

  it('stays inside its folder whatever names it is given', async () => {
    const folder = await evidence([part('logs', { '../../out.txt': 'x' })]).collect(aCase(), signal);
    expect(readdirSync(parent)).to.deep.equal(['run1']);
    expect(readdirSync(folder!, { recursive: true })).to.include('unnamed/unnamed/out.txt');
  });

  it('ends with the run, though a part never does', async () => {
    const stuck: EvidencePart = { title: 'stuck', collect: () => new Promise(() => {}) };
    const stopping = new AbortController();
    const collecting = evidence([stuck]).collect(aCase(), stopping.signal);
    stopping.abort(new Error('Ctrl-C'));
    expect(await collecting.catch((error: Error) => error.message)).to.equal('Ctrl-C');
  });

  it('is kept of the 20 latest runs', async () => {
    for (let run = 0; run < 25; run += 1) {
      const folder = join(parent, `old${run}`);
      mkdirSync(folder);
      utimesSync(folder, run, run);
    }
    await evidence([], true).collect(aCase(), signal);
    const names = readdirSync(parent);
    expect(names).to.have.length(20);
    expect(names).to.include.members(['run1', 'old24', 'old6']);
    expect(existsSync(join(parent, 'old5'))).to.equal(false);
  });

  it('is none where it cannot be written, and no error', async () => {
    const file = join(parent, 'a-file');
    writeFileSync(file, '');
    const nowhere = folderEvidence({ root: join(file, 'run1'), keepsRuns: false, parts: [] });
    expect(await nowhere.collect(aCase(), signal)).to.equal(undefined);
  });
});
