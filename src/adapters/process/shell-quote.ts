const plain = /^[\w@%+=:,./-]+$/;

/** A command as it can be pasted into a POSIX shell: words with other characters in single quotes. */
export const shellQuote = (words: readonly string[]): string =>
  words.map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
