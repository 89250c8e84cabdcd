import { join } from 'node:path';
import { type BuildContext, besideContext, runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';

/** The Node.js program, from the npm package that the package `node` takes it from. */
export const nodeBinary = (buildContext: BuildContext, version: string): FolderStep => {
  const context = besideContext(buildContext);
  return folderStep(context, {
    beside: true,
    name: 'node-binary',
    title: `fetch Node.js ${version}`,
    inputs: [version, process.arch],
    async make(folder) {
      const run = (...words: [string, ...string[]]) =>
        runBuildCommand(context, 'node-binary', words, {
          cwd: folder,
          hint: 'Is the npm registry reachable ("npm ping")?',
        });
      const name = `node-linux-${process.arch}`;
      const { stdout } = await run('npm', 'pack', '--silent', `${name}@${version}`);
      const archive = stdout.trim().split('\n').at(-1) ?? '';
      await run('tar', '-xzf', archive, '--strip-components=2', 'package/bin/node');
      await run('chmod', '755', join(folder, 'node'));
      await run('rm', archive);
    },
  });
};
