import type { Progress } from '../../src/ports/progress.ts';

/** Progress that shows nothing and keeps what it was told. */
export function quietProgress(): Progress & {
  readonly steps: string[];
  readonly details: string[];
  readonly notes: string[];
} {
  const steps: string[] = [];
  const details: string[] = [];
  const notes: string[] = [];
  return {
    steps,
    details,
    notes,
    step: (title, index, total) => steps.push(index === undefined ? title : `${index}/${total} ${title}`),
    detail: (text) => details.push(text),
    note: (text) => notes.push(text),
    done() {},
  };
}
