import type { ProbeMethod } from '../../core/matrix/cell.ts';
import type { Probe, ProbePod, Prober, ProbeSession } from '../../ports/prober.ts';

/** Lets each pod be probed from by its own method. Disposing the session disposes those of all methods. */
export function combinedProber(probers: Readonly<Record<ProbeMethod, Prober>>): Prober {
  return {
    attach: async (pods, onEvent, options) => {
      await using stack = new AsyncDisposableStack();
      const sessions = new Map<ProbeMethod, ProbeSession>();
      let kept: AsyncDisposableStack | undefined;
      const attach = async (more: readonly ProbePod[]): Promise<void> => {
        const groups = [...Map.groupBy(more, ({ method }) => method)];
        const settled = await Promise.allSettled(
          groups.map(async ([method, own]) => {
            const session = sessions.get(method);
            if (session !== undefined) return session.attach(own);
            sessions.set(method, (kept ?? stack).use(await probers[method].attach(own, onEvent, options)));
          }),
        );
        const failed = settled.find((result) => result.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
      };
      await attach(pods);
      const attached = stack.move();
      kept = attached;
      return {
        attach,
        detach: async (names) => {
          await Promise.all([...sessions.values()].map((session) => session.detach(names)));
        },
        askHeartbeats: () => {
          for (const session of sessions.values()) session.askHeartbeats();
        },
        askHalfOpen: (names) => {
          for (const session of sessions.values()) session.askHalfOpen(names);
        },
        recall: async (probes) => {
          await Promise.all([...sessions].map(([method, session]) => session.recall(ofMethod(probes, method))));
        },
        schedule: async (probes) => {
          await Promise.all([...sessions].map(([method, session]) => session.schedule(ofMethod(probes, method))));
        },
        [Symbol.asyncDispose]: () => attached.disposeAsync(),
      };
    },
  };
}

function ofMethod(probes: readonly Probe[], method: ProbeMethod): Probe[] {
  return probes.filter((probe) => probe.cell.method === method);
}
