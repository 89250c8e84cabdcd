import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Connection } from '../../../src/core/oracle/connection.ts';
import { decide } from '../../../src/core/oracle/decide.ts';
import type { Decision } from '../../../src/core/oracle/decision.ts';
import { familiesIn } from '../../../src/core/oracle/families.ts';
import { referenceTier } from '../../../src/core/oracle/reference.ts';
import type { WorldOptions } from '../../../src/core/oracle/world.ts';

/** Decides by the literal reading of the API. */
export function referenceOracle(state: ClusterState, options: WorldOptions = {}): (connection: Connection) => Decision {
  const tiers = [referenceTier(state)];
  const chosen = { families: familiesIn(state), ...options };
  return (connection) => decide(tiers, connection, chosen);
}
