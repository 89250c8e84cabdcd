import { renameSync, statSync } from 'node:fs';

/** A log larger than this, in bytes, is put aside before it is written to again. */
const LARGE = 8 * 1024 * 1024;

/**
 * Renames a log that has become large to `FILE.1`, in place of the one before: two files hold the latest. Whoever has it
 * open goes on writing to what was put aside. Never throws: a log that cannot be moved just grows.
 */
export function putAsideLarge(file: string): void {
  try {
    if (statSync(file).size > LARGE) renameSync(file, `${file}.1`);
  } catch {
    // Not there yet, or not ours to move.
  }
}
