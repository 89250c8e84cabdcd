import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import { putAsideLarge } from './log-size.ts';

/** A log file that commands append to. */
export interface CommandLog {
  write(text: string | Uint8Array): void;
  /** Resolves when everything is on disk, or could not be written: a log never fails the command. */
  close(): Promise<void>;
}

const silent: CommandLog = { write() {}, close: async () => {} };

/**
 * Opens a log file for appending and makes its folder; without a file nothing is written. Throws `ClusterError`
 * `state-folder-unwritable` when the folder cannot be made.
 */
export const openCommandLog = (file: string | undefined): CommandLog => {
  if (file === undefined) return silent;
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (cause) {
    throw new ClusterError({
      code: 'state-folder-unwritable',
      message: `cannot make the folder ${dirname(file)}: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Set NETPROOF_HOME to a folder that can be written.',
      cause,
    });
  }
  putAsideLarge(file);
  const stream = createWriteStream(file, { flags: 'a' });
  const ended = finished(stream).catch(() => undefined);
  return {
    write(text) {
      stream.write(text);
    },
    async close() {
      stream.end();
      await ended;
    },
  };
};
