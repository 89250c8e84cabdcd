import { UsageError } from '../../../core/diagnostics/errors.ts';
import type { ClusterIpFamily } from '../../../core/model/protocol.ts';
import type { CniChoice } from '../../cni/cni-choice.ts';
import type { ImageMode } from '../../images/choose-images.ts';

/** The kind cluster that is asked for. */
export interface KindRequest {
  /** kind's name of it; its context is `kind-NAME`. */
  readonly name: string;
  readonly cni: CniChoice;
  readonly images: ImageMode;
  /** Absent: as kind-config.yaml says. */
  readonly nodes?: number;
  /** Absent: as kind-config.yaml says. */
  readonly ipFamily?: ClusterIpFamily;
  /** e.g. `v1.36.3`; absent: the newest that is known to work. */
  readonly kubernetes?: string;
}

/**
 * Name of netproof's cluster: `NETPROOF_CLUSTER`, else `netproof`. Throws `UsageError` `cluster-name-invalid` when kind
 * would refuse it.
 */
export function clusterName(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const name = env.NETPROOF_CLUSTER || 'netproof';
  if (/^[a-z0-9][a-z0-9.-]{0,39}$/.test(name)) return name;
  throw new UsageError({
    code: 'cluster-name-invalid',
    message: `NETPROOF_CLUSTER=${name} is no name for a kind cluster`,
    hint: 'Use up to 40 lower-case letters, digits, dots and hyphens.',
  });
}
