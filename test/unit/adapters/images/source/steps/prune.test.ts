import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { folderStep } from '../../../../../../src/adapters/images/source/steps/folder-step.ts';
import { prune, superfluous } from '../../../../../../src/adapters/images/source/steps/prune.ts';
import { stateFolder } from '../../../../../../src/adapters/state-folder.ts';
import { stepRun } from '../../../../../support/step-run.ts';

describe('superfluous', () => {
  it('spares the ten newest of each name and what is needed', () => {
    const results = Array.from({ length: 13 }, (_, index) => [
      { name: 'a', key: `a${index}` },
      { name: 'b', key: `b${index}` },
    ]).flat();
    const gone = superfluous(results, new Set(['a11', 'b10'])).map(({ key }) => key);
    expect(gone).to.deep.equal(['a10', 'b11', 'a12', 'b12']);
    expect(superfluous(results.slice(0, 20), new Set())).to.deep.equal([]);
  });
});

describe('prune', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'netproof-prune-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('removes the oldest folders and images, never what the targets stand on, and survives images in use', async () => {
    const docker = join(home, 'docker');
    const calls = join(home, 'calls');
    const tags = Array.from({ length: 12 }, (_, index) => `echo netproof/node:${`${index}`.padStart(16, '0')}`);
    const script = `#!/bin/sh\necho "$@" >> ${calls}\n[ "$1" = images ] || exit 1\n${tags.join('\n')}\necho netproof/other:latest\n`;
    await writeFile(docker, script, { mode: 0o755 });
    const { progress, signal } = stepRun();
    const context = {
      state: stateFolder({ NETPROOF_HOME: home }),
      progress,
      sideProgress: progress,
      goVersion: 'go1.26.0',
      signal,
      engine: { docker, env: {}, kind: 'private', version: '20.10', hasBuildx: false } as const,
    };
    const step = (inputs: string, needs: Parameters<typeof prune>[1] = []) =>
      folderStep(context, { name: 'thing', title: 'thing', inputs, needs, make: async () => {} });
    const base = step('base');
    const target = step('target', [base]);
    const others = Array.from({ length: 11 }, (_, index) => step(`${index}`));
    for (const [age, { folder }] of [...others, base, target].entries()) {
      await mkdir(folder, { recursive: true });
      await utimes(folder, new Date(), new Date(Date.now() - age * 60_000));
    }
    await mkdir(join(context.state.build, 'notes'));
    await prune(context, [target]);

    const left = await readdir(context.state.build);
    const expected = [...others.slice(0, 10), base, target].map(({ folder }) => folder.split('/').at(-1));
    expect(left).to.have.members([...expected, 'notes']);
    const removed = (await readFile(calls, 'utf8')).split('\n').slice(1, -1);
    expect(removed).to.deep.equal(['rmi netproof/node:0000000000000010', 'rmi netproof/node:0000000000000011']);
  });
});
