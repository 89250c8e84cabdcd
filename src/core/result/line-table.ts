/** Lines of many texts, each line once: explanations of a matrix repeat one another. */
export class LineTable {
  readonly #indices = new Map<string, number>();

  /** The indices in `lines` of a text's lines, added where they are new. */
  indicesOf(text: string): readonly number[] {
    return text.split('\n').map((line) => {
      const index = this.#indices.get(line) ?? this.#indices.size;
      this.#indices.set(line, index);
      return index;
    });
  }

  /** The lines so far, in the order of their coming. */
  get lines(): readonly string[] {
    return [...this.#indices.keys()];
  }
}
