import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { PolicyType } from '../../../../src/core/model/policy.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault, Memory, OnTheWire } from '../fault.ts';
import { newPodsSince } from '../questions.ts';
import { soundIsolation } from '../semantics.ts';

/** Keeps in mind every pod as it first was, and which pods came again under their name. */
function notePods(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  for (const name of newPodsSince(before, actual)) if (first(notes, name)) notes.add(`again ${name}`);
  for (const pod of actual.pods) if (!first(notes, fullName(pod))) notes.add(`${fullName(pod)} ${JSON.stringify(pod)}`);
  return actual;
}

/** The first pod of the name. */
function first(notes: ReadonlySet<string>, name: string): Pod | undefined {
  const note = [...notes].find((each) => each.startsWith(`${name} `));
  return note === undefined ? undefined : (JSON.parse(note.slice(name.length + 1)) as Pod);
}

/** Labels that the pod's predecessor had; undefined for a pod that is the first of its name. */
function labelsBefore(notes: ReadonlySet<string>, pod: Pod): Labels | undefined {
  return notes.has(`again ${fullName(pod)}`) ? first(notes, fullName(pod))?.labels : undefined;
}

/** What isolated the first pod of a name decides about the later ones, too, in one direction. */
const inherited = (
  id: string,
  what: string,
  of: PolicyType,
  decides: (now: boolean, then: boolean) => boolean,
): Fault => ({
  id,
  what,
  sees: notePods,
  reads: (_seen, notes) => ({
    isolates: (policy, query, semantics) => {
      const now = soundIsolation(policy, query, semantics);
      const labels = query.direction === of ? labelsBefore(notes, query.subject) : undefined;
      if (labels === undefined) return now;
      return decides(now, soundIsolation(policy, { ...query, subject: { ...query.subject, labels } }, semantics));
    },
  }),
});

/** Some seconds after a pod came again, what the old one leaves behind is tidied up, and hits the new one. */
const tornDown = (id: string, what: string, becomes: (attempt: OnTheWire) => OnTheWire['outcome']): Fault => ({
  id,
  what,
  sees: notePods,
  wire: (attempt) => (attempt.sinceMs > 4_000 ? becomes(attempt) : attempt.outcome),
});

const cameAgain = ({ notes }: OnTheWire, name: string): boolean => notes.has(`again ${name}`);

/** Made-up ways of taking a pod for the one that had its name. */
export const SUCCESSOR_MUTANTS: readonly Fault[] = [
  inherited(
    'stays-closed',
    'who comes again is isolated against others as the old one was',
    'Ingress',
    (a, b) => a || b,
  ),
  inherited('stays-silent', 'who comes again may send no more than the old one', 'Egress', (a, b) => a || b),
  inherited('stays-free', 'who comes again is held back only if the old one was', 'Egress', (a, b) => a && b),
  tornDown(
    'late-tear-down-opens',
    'the old pod, torn down late, takes the rules of its successor with it',
    (attempt) => (cameAgain(attempt, attempt.cell.to) ? 'open' : attempt.outcome),
  ),
  tornDown('late-tear-down-frees', 'the old pod, torn down late, takes what held its successor back', (attempt) =>
    cameAgain(attempt, attempt.cell.from) ? 'open' : attempt.outcome,
  ),
  tornDown('late-tear-down-cuts', 'the old pod, torn down late, takes its successor off the network', (attempt) =>
    cameAgain(attempt, attempt.cell.to) ? 'dropped' : attempt.outcome,
  ),
  tornDown('late-tear-down-forgets', 'the old pod, torn down late, takes its successor out of peers', (attempt) =>
    cameAgain(attempt, attempt.cell.from) ? 'dropped' : attempt.outcome,
  ),
];
