/** Collects the values of an option that may be repeated, or hold several with commas between. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((value) => value.trim())];
}
