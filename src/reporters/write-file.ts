import { appendFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../core/diagnostics/errors.ts';

/**
 * Writes a file whole or not at all: a reader sees the old text or the new one. Makes missing folders. Rejects with
 * `UsageError` where it cannot be written.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await using handle = await open(draft, 'w');
    await handle.writeFile(text);
    await handle.sync();
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw notWritable(file, cause);
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
