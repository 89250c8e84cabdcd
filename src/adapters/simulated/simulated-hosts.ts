import { OUTSIDE } from '../../core/scenario/scenario.ts';
import type { OutsideHosts } from '../../ports/outside.ts';
import type { ObjectStore } from './object-store.ts';
import { SIMULATED_HOST } from './simulated-state.ts';

/** Hosts outside a simulated pod network: their addresses are all that there is of them. */
export function simulatedHosts(store: ObjectStore): OutsideHosts {
  return {
    lacks: async () => undefined,
    start: async (_, { name, runId }) => {
      const ips = [`172.30.1.${store.ofKind(SIMULATED_HOST).length + 1}`];
      const metadata = { name: `${OUTSIDE}/${name}`, labels: { runId } };
      store.put({ apiVersion: 'simulated', kind: SIMULATED_HOST, metadata, ips });
      return { ref: { namespace: OUTSIDE, name }, ips };
    },
    route: async () => {},
    remove: async ({ runId, except = [] }) => {
      const hosts = store
        .ofKind(SIMULATED_HOST)
        .filter(({ metadata: { labels } }) =>
          runId === undefined ? !except.includes(labels?.runId ?? '') : labels?.runId === runId,
        );
      for (const { metadata } of hosts)
        store.remove({ apiVersion: 'simulated', kind: SIMULATED_HOST, name: metadata.name });
      return hosts.map(({ metadata }) => metadata.name);
    },
  };
}
