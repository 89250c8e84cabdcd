/** Says on stderr what a command has not taken into account. */
export function sayNote(text: string): void {
  process.stderr.write(`note: ${text}\n`);
}
