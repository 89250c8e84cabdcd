import type { Readable } from 'node:stream';
import type { CommandLog } from './command-log.ts';
import { splitLines } from './output-lines.ts';

/** What a running command prints, as it comes. */
export interface CommandOutput {
  /** Listens to a stream; returns a function that gives all that came through it. */
  collect(stream: Readable | null | undefined): () => string;
  /** The last lines of all streams together. */
  readonly tail: readonly string[];
}

const tailLength = 20;

/** Writes output to a log, tells each line, and keeps the last ones. */
export const commandOutput = (log: CommandLog, onLine: ((line: string) => void) | undefined): CommandOutput => {
  const tail: string[] = [];
  return {
    tail,
    collect(stream) {
      const chunks: Uint8Array[] = [];
      const lines = splitLines((line) => {
        tail.push(line);
        if (tail.length > tailLength) tail.shift();
        onLine?.(line);
      });
      stream?.on('data', (chunk: Uint8Array) => {
        chunks.push(chunk);
        log.write(chunk);
        lines.push(chunk);
      });
      stream?.on('end', lines.end);
      return () => Buffer.concat(chunks).toString('utf8');
    },
  };
};
