import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { UsageError } from '../../../src/core/diagnostics/errors.ts';
import { writeJson } from '../../../src/reporters/json.ts';
import { writeJunit } from '../../../src/reporters/junit.ts';
import { aRunResult, aScenarioResult } from '../../support/result/results.ts';

describe('a written report', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the whole result, in folders made for it, and leaves no draft', async () => {
    const result = aRunResult([aScenarioResult()]);
    const file = join(folder, 'a', 'b', 'result.json');
    await writeJson(file, result);
    expect(JSON.parse(await readFile(file, 'utf8'))).to.deep.equal(result);
    await writeJunit(join(folder, 'a', 'b', 'junit.xml'), result);
    expect(await readdir(join(folder, 'a', 'b'))).to.have.members(['result.json', 'junit.xml']);
  });

  it('says which file could not be written, and leaves no draft', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, '');
    const error = await writeJson(join(file, 'result.json'), aRunResult([])).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UsageError);
    expect(error).to.have.property('message').that.includes(join(file, 'result.json'));
    expect(error).to.have.property('code', 'output-not-writable');
    const onFolder = await writeJson(folder, aRunResult([])).catch((reason: unknown) => reason);
    expect(onFolder).to.be.instanceOf(UsageError);
    expect(await readdir(folder)).to.deep.equal(['taken']);
  });
});
