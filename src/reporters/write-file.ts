import { access, appendFile, constants, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../core/diagnostics/errors.ts';

/**
 * Finds out, before long work whose result it is for, whether a file can be written; leaves one that is there as it
 * is. Makes missing folders. Rejects with `UsageError` where it cannot.
 */
export async function requireWritable(file: string): Promise<void> {
  try {
    if (await isInPlace(file)) await access(file, constants.W_OK);
    else await withDraft(file, async () => {});
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

/**
 * Writes a file whole or not at all: a reader sees the old text or the new one. Makes missing folders. A pipe or a
 * terminal is written to as it is. Rejects with `UsageError` where it cannot be written.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    if (await isInPlace(file)) await writeFile(file, text);
    else
      await withDraft(file, async (draft) => {
        await using handle = await open(draft, 'w');
        await handle.writeFile(text);
        await handle.sync();
        await rename(draft, file);
      });
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

/** Whether there is something that no file may take the place of, such as `/dev/stdout`. Rejects on a folder. */
async function isInPlace(file: string): Promise<boolean> {
  const there = await stat(file).catch(() => undefined);
  if (there?.isDirectory()) throw new Error('it is a folder');
  return there !== undefined && !there.isFile();
}

/** Makes a folder with those above it, one by one: below /proc Node's own `recursive` never settles. */
async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (cause: unknown) => {
    if ((await stat(path).catch(() => undefined))?.isDirectory() !== true) throw cause;
  });
}

/** Runs something with a file beside the one meant, which can be renamed to it; afterwards it is gone. */
async function withDraft(file: string, use: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(file));
    await (await open(draft, 'w')).close();
    await use(draft);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Adds a text to the end of a file that others write to as well. Rejects with `UsageError` where it cannot be written. */
export async function appendText(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

function notWritable(file: string, cause: unknown): UsageError {
  return new UsageError({
    code: 'output-not-writable',
    message: `cannot write ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'name a file in a folder that can be written',
    cause,
  });
}
