import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { requireWritable, writeWhole } from '../../../src/reporters/write-file.ts';

const codeOf = (promise: Promise<void>): Promise<unknown> =>
  promise.then(
    () => undefined,
    ({ code }) => code,
  );

describe('a file that a report is written to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-write-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('can be asked for beforehand, which leaves nothing and changes nothing', async () => {
    const file = join(folder, 'deep/result.json');
    await requireWritable(file);
    expect(readdirSync(join(folder, 'deep'))).to.deep.equal([]);
    writeFileSync(file, 'old');
    await requireWritable(file);
    expect(readFileSync(file, 'utf8')).to.equal('old');
  });

  it('is refused beforehand where it is a folder, or below what is none', async () => {
    mkdirSync(join(folder, 'taken'), { recursive: true });
    writeFileSync(join(folder, 'plain'), '');
    expect(await codeOf(requireWritable(join(folder, 'taken')))).to.equal('output-not-writable');
    expect(await codeOf(requireWritable(join(folder, 'plain/result.json')))).to.equal('output-not-writable');
    expect(await codeOf(writeWhole(join(folder, 'taken'), 'new'))).to.equal('output-not-writable');
  });

  it('is refused below /proc, where no folder can be made', async () => {
    expect(await codeOf(requireWritable('/proc/x/y.json'))).to.equal('output-not-writable');
    expect(await codeOf(writeWhole('/proc/x/y/z.json', 'new'))).to.equal('output-not-writable');
  });

  it('is written in several new folders at once', async () => {
    const files = ['a/b/1', 'a/b/2', 'a/c/3'].map((name) => join(folder, 'new', name));
    await Promise.all(files.map((file) => writeWhole(file, 'new')));
    expect(files.map((file) => readFileSync(file, 'utf8'))).to.deep.equal(['new', 'new', 'new']);
  });

  it('stays what it is where it is no plain file', async () => {
    await requireWritable('/dev/null');
    await writeWhole('/dev/null', 'new');
    expect(readdirSync('/dev').filter((name) => name.startsWith('null'))).to.deep.equal(['null']);
  });

  it('is written whole, with nothing left beside it', async () => {
    const file = join(folder, 'whole/result.json');
    await writeWhole(file, 'new');
    expect(readFileSync(file, 'utf8')).to.equal('new');
    expect(readdirSync(join(folder, 'whole'))).to.deep.equal(['result.json']);
  });
});
