import type { Progress } from '../../ports/progress.ts';

/** Shows the steps of a part of the work as that one step of the whole: `[2/5] images: build kubelet (3 of 14)`. */
export function nestedProgress(
  progress: Progress,
  whole: { readonly title: string; readonly index: number; readonly total: number },
): Progress {
  return {
    step(title, index, total) {
      const count = index === undefined ? '' : ` (${index}${total === undefined ? '' : ` of ${total}`})`;
      progress.step(`${whole.title}: ${title}${count}`, whole.index, whole.total);
    },
    detail: (text) => progress.detail(text),
    note: (text) => progress.note(text),
    done: () => progress.done(),
  };
}
