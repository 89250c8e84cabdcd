/** What a container runs that does nothing, and with which rights. */
export interface IdleParts {
  readonly image: string;
  readonly command: readonly string[];
  readonly securityContext: object;
}

/** A container that does nothing but be asked by its kubelet, beside the one of the agent. */
export function idleContainer(name: string, parts: IdleParts): object {
  return {
    name,
    imagePullPolicy: 'IfNotPresent',
    ...parts,
    resources: { requests: { cpu: '10m', memory: '16Mi' } },
  };
}
