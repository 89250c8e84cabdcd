/** Name of the container that keeps a pod from getting ready. */
export const UNREADY_CONTAINER = 'unready';

/** A container that does nothing, and that no kubelet ever finds ready: neither is the pod then, whose agent runs beside it. */
export function unreadyContainer(parts: {
  readonly image: string;
  readonly command: readonly string[];
  readonly securityContext: object;
}): object {
  return {
    name: UNREADY_CONTAINER,
    imagePullPolicy: 'IfNotPresent',
    ...parts,
    resources: { requests: { cpu: '10m', memory: '16Mi' } },
    readinessProbe: { exec: { command: ['false'] }, periodSeconds: 10, timeoutSeconds: 5 },
  };
}
