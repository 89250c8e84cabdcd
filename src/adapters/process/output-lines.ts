import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';

/** Lines of a command's output as they come, and the last of them. */
export interface OutputLines {
  /** Takes a chunk of output; a line that is not finished yet waits for its end. */
  push(chunk: Uint8Array): void;
  /** The output has ended: what is left counts as a line. */
  end(): void;
}

/**
 * Splits output into lines without colour codes; empty ones are left out. Programs redraw a line with carriage
 * returns, so these end a line too.
 */
export const splitLines = (onLine: (line: string) => void): OutputLines => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const emit = (text: string): void => {
    const line = stripVTControlCharacters(text).trimEnd();
    if (line !== '') onLine(line);
  };
  return {
    push(chunk) {
      const parts = (rest + decoder.write(Buffer.from(chunk))).split(/[\r\n]+/);
      rest = parts.pop() ?? '';
      for (const part of parts) emit(part);
    },
    end() {
      emit(rest + decoder.end());
      rest = '';
    },
  };
};
