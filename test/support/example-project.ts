import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, install, linkPackages, pack } from './packed-package.ts';

const example = fileURLToPath(new URL('../../examples/own-policies', import.meta.url));

/** The example project as somebody has it who installed netproof from its package. */
export interface ExampleProject extends Disposable {
  /** Its `npm test`, with these variables beside those of this process. */
  test(env?: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly text: string }>;
}

/** Copies the example into a folder of its own and installs this checkout's package in it. */
export async function exampleProject(): Promise<ExampleProject> {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-example-'));
  cpSync(example, folder, { recursive: true });
  const { filename } = await pack(folder);
  await install(folder, filename);
  linkPackages(folder, ['mocha', 'chai']);
  return {
    test: async (env = {}) => {
      const args = ['node_modules/mocha/bin/mocha.js', '--no-color'];
      const { code, stdout, stderr } = await call('node', args, folder, env);
      return { code, text: `${stdout}\n${stderr}` };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
