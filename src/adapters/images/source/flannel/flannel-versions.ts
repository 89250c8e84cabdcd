import { ClusterError } from '../../../../core/diagnostics/errors.ts';

/** What building a Flannel release from Go modules takes. */
export interface FlannelRelease {
  /** Backends that are left out: one wants cgo, the other a module that no proxy serves. Neither is used here. */
  readonly dropped: readonly string[];
  /**
   * Version of github.com/containernetworking/plugins that still holds Flannel's CNI program; its makers' own repository of
   * it is served by no proxy.
   */
  readonly cniProgram: string;
  /** The newest CNI version that this program speaks. */
  readonly cniVersion: string;
}

const releases: Readonly<Record<string, FlannelRelease>> = {
  'v0.28.10': { dropped: ['tencentvpc', 'udp'], cniProgram: 'v0.8.6', cniVersion: '0.3.1' },
};

/** A release by its version. Throws `ClusterError` `flannel-version-unknown` for others. */
export const flannelRelease = (version: string): FlannelRelease => {
  const release = releases[version];
  if (release !== undefined) return release;
  throw new ClusterError({
    code: 'flannel-version-unknown',
    message: `Flannel ${version} cannot be built from Go modules; known: ${Object.keys(releases).join(', ')}`,
    hint: 'Use published images: --images registry.',
  });
};
