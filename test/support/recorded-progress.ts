import type { Progress } from '../../src/ports/progress.ts';

/** A progress that remembers what it was told, one line a call. */
export interface RecordedProgress extends Progress {
  readonly lines: readonly string[];
}

/** Makes one. */
export const recordedProgress = (): RecordedProgress => {
  const lines: string[] = [];
  return {
    lines,
    step: (title, index, total) => void lines.push(`step ${index ?? '-'}/${total ?? '-'} ${title}`),
    detail: (text) => void lines.push(`detail ${text}`),
    note: (text) => void lines.push(`note ${text}`),
    done: () => void lines.push('done'),
  };
};
