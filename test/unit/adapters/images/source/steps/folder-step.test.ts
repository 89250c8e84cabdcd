import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { folderStep } from '../../../../../../src/adapters/images/source/steps/folder-step.ts';
import { runSteps } from '../../../../../../src/adapters/images/source/steps/run-steps.ts';
import { runCommand } from '../../../../../../src/adapters/process/run-command.ts';
import { stateFolder } from '../../../../../../src/adapters/state-folder.ts';
import { stepRun } from '../../../../../support/step-run.ts';

describe('folderStep', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'netproof-steps-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const context = () => ({
    state: stateFolder({ NETPROOF_HOME: home }),
    ...stepRun(),
  });
  const recipe = (text: string) => ({
    name: 'thing',
    title: `build thing ${text}`,
    inputs: text,
    make: (folder: string) => writeFile(join(folder, 'file'), text),
  });

  it('makes a folder once for the same inputs, another one for others', async () => {
    const work = context();
    const step = folderStep(work, recipe('one'));
    await runSteps([step], work);
    await writeFile(join(step.folder, 'file'), 'kept');
    await runSteps([folderStep(work, recipe('one')), folderStep(work, recipe('two'))], work);
    expect(await readFile(join(step.folder, 'file'), 'utf8')).to.equal('kept');
    expect(await readdir(work.state.build)).to.have.length(2);
    expect(work.progress.lines).to.deep.equal(['step 1/1 build thing one', 'done', 'step 1/1 build thing two', 'done']);
  });

  it('has another key when something it needs has another', () => {
    const work = context();
    const needing = (text: string) => folderStep(work, { ...recipe('x'), needs: [folderStep(work, recipe(text))] });
    expect(needing('one').key).to.equal(needing('one').key).and.not.to.equal(needing('two').key);
  });

  it('never leaves a half-made folder under its final name, and goes on at the step that failed', async () => {
    const work = context();
    const made: string[] = [];
    let broken = true;
    const first = folderStep(work, {
      ...recipe('first'),
      make: async () => void made.push('first'),
    });
    const second = folderStep(work, {
      ...recipe('second'),
      needs: [first],
      async make(folder) {
        made.push('second');
        await writeFile(join(folder, 'half'), '');
        if (broken) throw new Error('interrupted');
      },
    });
    const failure = await runSteps([second], work).catch((error: Error) => error.message);
    expect(failure).to.equal('interrupted');
    expect(await second.isDone()).to.equal(false);
    broken = false;
    await runSteps([second], stepRun());
    expect(await second.isDone()).to.equal(true);
    expect(made).to.deep.equal(['first', 'second', 'second']);
    expect((await readdir(work.state.build)).filter((name) => name.startsWith('.'))).to.deep.equal([]);
  });

  it('removes what killed processes left half-made, and not what living ones (another, our side lane) are making', async () => {
    const work = context();
    const { stdout } = await runCommand('sh', ['-c', 'echo $$']);
    const gone = `.partial-${stdout.trim()}-thing-0`;
    const living = `.partial-${process.ppid}-thing-0`;
    const ours = `.partial-${process.pid}-other-0`;
    for (const name of [gone, living, ours]) await mkdir(join(work.state.build, name, 'deep'), { recursive: true });
    await runSteps([folderStep(work, recipe('one'))], work);
    const names = await readdir(work.state.build);
    expect(names).to.include.members([living, ours]).and.not.to.include(gone);
  });

  it('takes the result of another process that was faster', async () => {
    const work = context();
    const step = folderStep(work, {
      ...recipe('one'),
      async make() {
        await mkdir(step.folder, { recursive: true });
        await writeFile(join(step.folder, 'file'), 'the other');
      },
    });
    await runSteps([step], work);
    expect(await readFile(join(step.folder, 'file'), 'utf8')).to.equal('the other');
  });
});
