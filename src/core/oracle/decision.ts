/** `undefined`: Kubernetes documents more than one behaviour, or the state does not tell enough. */
export type Verdict = 'allowed' | 'denied' | 'undefined';

/** What one direction comes to. */
export interface HalfDecision {
  readonly verdict: Verdict;
  /**
   * What decided: a tier's name, `default` where no policy isolates the pod, `self` (a pod always reaches itself),
   * `own-node` (traffic of a pod's own node), `no-pod` (the end is no pod, so no policy speaks for it), `no-address` (a
   * pod that has finished, or not begun), `no-common-family` (of the ends' addresses) or `family-missing` (an end has none of the stated one).
   */
  readonly decidedBy: string;
}

/** What a connection comes to: allowed only if it may leave its source and enter its destination. */
export interface Decision {
  readonly verdict: Verdict;
  readonly egress: HalfDecision;
  readonly ingress: HalfDecision;
}

/** The verdict of several worlds together, one at least: theirs if they agree. */
export function agreed(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((all, verdict) => (all === verdict ? all : 'undefined'));
}

/** The verdict of a connection from those of its directions. */
export function bothOf(egress: Verdict, ingress: Verdict): Verdict {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'allowed' && ingress === 'allowed' ? 'allowed' : 'undefined';
}
