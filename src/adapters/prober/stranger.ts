import type { Probe } from '../../ports/prober.ts';

/** Who is expected to answer a probe. */
export type Answerers = Pick<Probe, 'identities' | 'nameless'>;

/**
 * Whether an answer is by somebody whom the probe did not name: it gives another name, or none where all that may answer
 * give theirs. Where nobody is named nobody is a stranger.
 */
export function isStranger(answeredBy: string | undefined, { identities, nameless }: Answerers): boolean {
  if (identities.length === 0) return false;
  return answeredBy === undefined ? nameless !== true : !identities.includes(answeredBy);
}
