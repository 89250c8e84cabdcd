/** What all of them come to; waits for all, and only then rejects with the first failure: none is under way any more. */
export async function allOrNone<T>(tasks: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(tasks);
  return Promise.all(tasks);
}
