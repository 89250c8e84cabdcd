import type { ProbeMethod } from '../../core/matrix/cell.ts';
import type { Probe, Prober, ProbeSession } from '../../ports/prober.ts';

/** Lets each pod be probed from by its own method. Disposing the session disposes those of all methods. */
export function combinedProber(probers: Readonly<Record<ProbeMethod, Prober>>): Prober {
  return {
    attach: async (pods, onEvent, options) => {
      const methods = [...new Set(pods.map(({ method }) => method))];
      await using stack = new AsyncDisposableStack();
      const sessions = await attachEach(methods, async (method) => {
        const own = pods.filter((pod) => pod.method === method);
        return stack.use(await probers[method].attach(own, onEvent, options));
      });
      const attached = stack.move();
      return {
        schedule: async (probes) => {
          await Promise.all([...sessions].map(([method, session]) => session.schedule(ofMethod(probes, method))));
        },
        [Symbol.asyncDispose]: () => attached.disposeAsync(),
      };
    },
  };
}

/** Attaches by all methods at once; what could be attached is in the caller's stack when another method failed. */
async function attachEach(
  methods: readonly ProbeMethod[],
  attach: (method: ProbeMethod) => Promise<ProbeSession>,
): Promise<Map<ProbeMethod, ProbeSession>> {
  const settled = await Promise.allSettled(methods.map(async (method) => [method, await attach(method)] as const));
  const sessions = new Map<ProbeMethod, ProbeSession>();
  for (const result of settled) {
    if (result.status === 'rejected') throw result.reason;
    sessions.set(...result.value);
  }
  return sessions;
}

function ofMethod(probes: readonly Probe[], method: ProbeMethod): Probe[] {
  return probes.filter((probe) => probe.cell.method === method);
}
