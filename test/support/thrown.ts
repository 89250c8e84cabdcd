/** What a call throws; fails the test when it throws nothing or something of another class. */
export function thrown<T extends Error>(kind: abstract new (...args: never[]) => T, call: () => unknown): T {
  try {
    call();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`expected ${kind.name} to be thrown, and nothing was`);
}
