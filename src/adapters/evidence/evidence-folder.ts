import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file keeps this many bytes of what was collected; the rest is cut off. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Runs whose evidence is kept in netproof's own folder. */
const KEPT_RUNS = 20;
/** Longest name of a folder that is made from a scenario's or step's. */
const MOST_NAME = 60;

/** Makes the folder `ROOT/SCENARIO/STEP`, with a number behind it where it exists already. */
export async function makeStepFolder(root: string, scenario: string, step: string): Promise<string> {
  const parent = join(root, fileName(scenario));
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? fileName(step) : `${fileName(step)}-${number}`);
    const made = await mkdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) return folder;
  }
}

/** Writes a text below the folder; resolves with whether all of it fitted. */
export async function writeBounded(folder: string, file: string, text: string): Promise<boolean> {
  const path = join(folder, ...file.split('/').map(fileName));
  await mkdir(dirname(path), { recursive: true });
  const bytes = Buffer.from(text);
  await writeFile(path, bytes.subarray(0, MOST_BYTES), { mode: file.endsWith('.sh') ? 0o755 : 0o644 });
  return bytes.length <= MOST_BYTES;
}

/** Removes the evidence of all runs below `parent` but the latest ones. */
export async function forgetOldRuns(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const runs = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(parent, name))).mtimeMs })));
  const old = runs.toSorted((a, b) => b.at - a.at).slice(KEPT_RUNS - 1);
  await Promise.all(old.map(({ name }) => rm(join(parent, name), { recursive: true, force: true })));
}

/** What a name becomes in a path: nothing that a shell or another system would stumble over. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|-+$/g, '');
  return plain.slice(0, MOST_NAME) || 'unnamed';
}
