import { lengthOf } from './wrap.ts';

const GAP = '    ';

/** Two blocks of lines beside each other where they fit into `width`, else the second below the first. */
export function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  const leftWidth = widest(left);
  if (leftWidth + GAP.length + widest(right) > width) return [...left, ...right];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const line = left[index] ?? '';
    return (line + ' '.repeat(leftWidth - lengthOf(line)) + GAP + (right[index] ?? '')).trimEnd();
  });
}

function widest(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, lengthOf(line)), 0);
}
