import { expect } from 'chai';
import { ClusterError } from '../../src/core/diagnostics/errors.ts';

/** The `ClusterError` that a call rejects with; fails the test when it does anything else. */
export async function failure(call: Promise<unknown>): Promise<ClusterError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(ClusterError);
  return error as ClusterError;
}
