import type { Readable } from 'node:stream';

/** Calls back for each whole line of a stream, without its end. What follows the last line end is not a line. */
export function onLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}

/** Collects the end of a stream, at most `limit` characters; call the result for what came so far. */
export function tailOf(stream: Readable, limit: number): () => string {
  let tail = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-limit);
  });
  return () => tail.trim();
}
