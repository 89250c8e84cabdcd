import { ClusterError } from '../../../../core/diagnostics/errors.ts';

/** What building a Calico release from Go modules takes besides its own go.mod. */
export interface CalicoRelease {
  /** Version of the module github.com/projectcalico/calico: the repository has no semantic tags that Go accepts. */
  readonly module: string;
  /** Replacements for what its go.mod points to in its own tree, or pins to what no proxy serves. */
  readonly replaces: readonly { readonly path: string; readonly by: string }[];
}

const releases: Readonly<Record<string, CalicoRelease>> = {
  'v3.28.5': {
    module: 'v1.11.0-cni-plugin.0.20250813170300-a0db560f0520',
    replaces: [
      {
        path: 'github.com/projectcalico/api',
        by: 'github.com/projectcalico/api v0.0.0-20240708202104-e3f70b269c2c',
      },
      { path: 'github.com/Microsoft/hcsshim', by: 'github.com/Microsoft/hcsshim v0.11.7' },
    ],
  },
};

/** A release by its version, where building it is known. */
export const knownRelease = (version: string): CalicoRelease | undefined => releases[version];

/** A release by its version. Rejects others with `ClusterError` `calico-version-unknown`. */
export const calicoRelease = (version: string): CalicoRelease => {
  const release = knownRelease(version);
  if (release === undefined) {
    throw new ClusterError({
      code: 'calico-version-unknown',
      message: `Calico ${version} cannot be built from Go modules; known: ${Object.keys(releases).join(', ')}`,
      hint: 'Build it from a checkout (--cni calico@source:DIR), or use published images (--images registry).',
    });
  }
  return release;
};
