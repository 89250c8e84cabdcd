/** Codes that only colour what follows. The HTML page uses this file too, so nothing of Node.js strips them. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** Joins words to lines of at most `width` characters, lines after the first indented; a word alone may be longer. */
export function wrapped(words: readonly string[], width: number, indent: string, separator = ', '): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.pop();
    if (last === undefined) lines.push(word);
    else if ((last + separator + word).length <= width) lines.push(last + separator + word);
    else lines.push((last + separator).trimEnd(), indent + word);
  }
  return lines;
}

/**
 * Breaks a line at its spaces where it is longer than `width`, what follows below what it says first: `hanging` columns to
 * the right, by default two more than the line itself. Colours take no room; a word alone may be longer.
 */
export function hung(line: string, width: number, hanging = indentOf(line) + 2): string[] {
  if (lengthOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const [part, word = ''] of line.matchAll(/ *([^ ]+)/g)) {
    if (current === '' || lengthOf(current + part) <= width) current += part;
    else {
      lines.push(current);
      current = ' '.repeat(hanging) + word;
    }
  }
  return [...lines, current];
}

/** Characters that are seen: colours take no room. */
export function lengthOf(line: string): number {
  return line.replaceAll(COLOURS, '').length;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
