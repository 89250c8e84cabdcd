import type { Progress } from '../../../../ports/progress.ts';

/** A second lane of a build: its steps run beside the main ones and are told only while the main lane waits for them. */
export interface SideLane {
  /** For the contexts of the steps that run in it. */
  readonly progress: Progress;
  /** From now on what its steps do is told, or no longer. */
  show(shown: boolean): void;
}

/** Makes a lane beside the one that a progress shows. */
export const sideLane = (main: Progress): SideLane => {
  let shown = false;
  return {
    progress: {
      step() {},
      detail(text) {
        if (shown) main.detail(text);
      },
      note: (text) => main.note(text),
      done() {},
    },
    show(next) {
      shown = next;
    },
  };
};
