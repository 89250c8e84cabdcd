import { fullName, splitName } from '../core/model/pod-name.ts';
import { type Churn, keepsAddress } from '../core/scenario/churn.ts';
import type { Topology } from './scenario-topology.ts';

/** Account of the pods of a scenario that are no more, by their names. */
interface Departures {
  /** Ended, and not yet removed. */
  readonly ended: ReadonlySet<string>;
  /** Ended, removed or restarted, and none of the name was created again: the address is free. */
  readonly gone: ReadonlySet<string>;
  /** Removed without a word to them, lately: their processes may still answer. */
  readonly killed: ReadonlySet<string>;
  /** Takes a change into account; `before` is what there was before it. */
  add(change: Churn, before: Topology): void;
}

/** Begins an account. */
export function departures(): Departures {
  const ended = new Set<string>();
  const gone = new Set<string>();
  const killed = new Set<string>();
  return {
    ended,
    gone,
    killed,
    add(change, { pods }) {
      const hadNone = new Set(pods.filter(({ pending }) => pending).map(fullName));
      switch (change.kind) {
        case 'create':
          for (const pod of change.pods) gone.delete(fullName(pod));
          break;
        case 'end-pod':
          ended.add(change.pod);
          gone.add(change.pod);
          break;
        case 'remove-pod':
          ended.delete(change.pod);
          if (!change.lingers && !hadNone.has(change.pod)) gone.add(change.pod);
          if (change.graceSeconds === 0) killed.add(change.pod);
          else killed.delete(change.pod);
          break;
        case 'restart-pods':
          if (change.node === undefined && !change.inPlace)
            for (const pod of change.pods) if (!keepsAddress(pod)) gone.add(fullName(pod));
          break;
        case 'remove-namespace': {
          const inside = (name: string): boolean => splitName(name).namespace === change.namespace;
          for (const name of pods.map(fullName).filter(inside)) if (!hadNone.has(name)) gone.add(name);
          for (const name of [...ended].filter(inside)) ended.delete(name);
          break;
        }
      }
    },
  };
}
