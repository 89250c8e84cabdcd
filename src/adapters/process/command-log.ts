import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';

/** A log file that commands append to. */
export interface CommandLog {
  write(text: string | Uint8Array): void;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

const silent: CommandLog = { write() {}, close: async () => {} };

/** Opens a log file for appending and makes its folder; without a file nothing is written. */
export const openCommandLog = (file: string | undefined): CommandLog => {
  if (file === undefined) return silent;
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  const ended = finished(stream);
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
