import { agentProber } from '../../src/adapters/prober/agents.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ProbePod, ProbeSession } from '../../src/ports/prober.ts';
import type { LocalAgents } from './local-agents.ts';
import { ProbeEvents } from './probe-events.ts';
import { systemClock } from './system-clock.ts';

/** Attaches to local agents; the events come with the session, which ends with the agents at the latest. */
export async function attachTo(
  agents: LocalAgents,
  pods: readonly ProbePod[],
  clock: Clock = systemClock,
): Promise<{ session: ProbeSession; events: ProbeEvents }> {
  const events = new ProbeEvents();
  const prober = agentProber({ cluster: agents.cluster, clock });
  const session = await prober.attach(pods, events.add, { signal: agents.signal });
  return { session, events };
}
