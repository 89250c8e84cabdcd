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
