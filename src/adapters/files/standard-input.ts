import { readSync } from 'node:fs';

/** How long to wait for more where nothing has come yet, in ms. */
const WAIT_MS = 10;

/** Reads the standard input to its end. Throws where it cannot be read. */
export function readStandardInput(): string {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(65_536);
    const size = readSome(chunk);
    if (size === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(chunk.subarray(0, size));
  }
}

/** The number of bytes read, zero at the end. What another program hands over may be set not to wait. */
function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
