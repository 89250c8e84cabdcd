import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  type ClusterRecord,
  readRecord,
  removeRecord,
  writeRecord,
} from '../../../../../src/adapters/cluster/kind/cluster-record.ts';

const record: ClusterRecord = {
  version: 1,
  containers: ['a'],
  nodes: 1,
  ipFamily: 'dual',
  kubernetes: 'v1.36.3',
  configKey: 'c1',
  cniChoice: 'none',
  cni: { name: 'none', version: '' },
  cniShown: '',
  imageSource: 'registry',
  imageKey: 'k',
  images: [{ name: 'node', provenance: 'registry x' }],
};

describe('the record of a cluster', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'record-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('comes back as it was written, and is gone when removed', async () => {
    const file = join(folder, 'new', 'cluster.json');
    await writeRecord(file, record);
    expect(await readRecord(file)).to.deep.equal(record);
    await removeRecord(file);
    expect(await readRecord(file)).to.equal(undefined);
    await removeRecord(file);
  });

  it('counts as none when it is torn or of another version', async () => {
    const file = join(folder, 'cluster.json');
    for (const text of ['', '{"version":1,', 'null', JSON.stringify({ ...record, version: 2 })]) {
      await writeFile(file, text);
      expect(await readRecord(file), text).to.equal(undefined);
    }
  });
});
