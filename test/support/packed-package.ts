import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
/** npm and what it starts use this Node.js, whatever the machine's is. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };

/** What `npm pack` says of a package. */
export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Runs a command to its end, whatever its exit code. */
export async function call(
  command: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const ended = await run(command, args, { cwd, env: { ...env, ...more }, maxBuffer: 2 ** 24 }).then(
    (output) => ({ code: 0, ...output }),
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => error,
  );
  return { code: ended.code, stdout: ended.stdout, stderr: ended.stderr };
}

/** Builds this checkout's package and packs it into the folder. */
export async function pack(folder: string): Promise<Packed> {
  const args = ['pack', '--json', '--silent', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: root, env });
  return JSON.parse(stdout.slice(stdout.indexOf('[')))[0];
}

/**
 * What `npm install TARBALL` leaves, without a registry: the unpacked tarball, its bin, and those of this checkout's packages
 * that the tarball declares as dependencies. What it uses without declaring it is not found.
 */
export async function install(folder: string, tarball: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  const target = join(modules, 'netproof');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(target);
  await run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', target]);
  const { bin, dependencies } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')) as {
    readonly bin: Record<string, string>;
    readonly dependencies: Record<string, string>;
  };
  linkPackages(folder, Object.keys(dependencies));
  for (const [name, path] of Object.entries(bin)) {
    chmodSync(join(target, path), 0o755);
    symlinkSync(join('..', 'netproof', path), join(modules, '.bin', name));
  }
}

/** Gives a project packages of this checkout. */
export function linkPackages(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
}
