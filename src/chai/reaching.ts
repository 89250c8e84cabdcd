import { UsageError } from '../core/diagnostics/errors.ts';
import type { Path } from '../core/matrix/cell.ts';
import type { Protocol } from '../core/model/protocol.ts';
import { answer } from './answer.ts';
import type { LabPod } from './lab-subject.ts';

/** What is dialled. */
export interface ReachOptions {
  readonly port: number;
  /** Default TCP. */
  readonly protocol?: Protocol;
  /** How it is addressed; default `pod-ip`. With `cluster-ip` and `dns` the destination is a Service. */
  readonly path?: Path;
}

/** What an assertion asks: who reaches whom, or not. */
interface Reach extends ReachOptions {
  readonly from: LabPod;
  readonly to: string;
  readonly expected: 'allow' | 'deny';
}

/**
 * An assertion about one connection, under way once the test has said all of it. Settles when the cell was watched for as
 * long as a step is; has to be awaited.
 */
export class Reaching implements PromiseLike<undefined> {
  readonly #done: Promise<undefined>;
  #withinMs: number | undefined;
  #begun = false;

  constructor({ from, to, expected, port, protocol = 'TCP', path = 'pod-ip' }: Reach) {
    const cells = `${from.name}->${to}:${port}/${protocol} via ${path}`;
    // In a microtask of its own: what follows in the same expression (`within`) counts, and a test that forgets to await
    // is still told of a failure.
    this.#done = Promise.resolve().then(async () => {
      this.#begun = true;
      const title = `${from.name} ${expected === 'allow' ? 'to reach' : 'not to reach'} ${to}:${port}/${protocol}`;
      const within = this.#withinMs === undefined ? {} : { withinMs: this.#withinMs };
      const question = { title, expect: { [expected]: 'all' }, cells, path, ...within };
      await answer(from.cluster.definition, question, from.cluster.runner);
      return undefined;
    });
  }

  /** How long the cell may take to become so after the policies were applied, in ms; default 5000. */
  within(ms: number): this {
    if (this.#begun) throw new UsageError({ code: 'within-late', message: 'within() comes before await, not after' });
    this.#withinMs = ms;
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is awaited, as any assertion of what takes time.
  then<A = undefined, B = never>(
    onDone?: ((value: undefined) => A | PromiseLike<A>) | null,
    onFailed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#done.then(onDone, onFailed);
  }
}
