/** A container engine that answers, and how to speak to it. */
export interface ContainerEngine {
  /** Path of the client binary. */
  readonly docker: string;
  /** To be given to docker and kind besides this process's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `found`: it was there and is not ours; `private`: netproof's own. */
  readonly kind: 'found' | 'private';
  /** Version of the engine, not of the client. */
  readonly version: string;
  /** Without buildx, images are built with the classic builder (`DOCKER_BUILDKIT=0`). */
  readonly hasBuildx: boolean;
}
