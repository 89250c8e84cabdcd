import { type IdleParts, idleContainer } from './idle-container.ts';

/** Name of the container that keeps a pod from getting ready. */
export const UNREADY_CONTAINER = 'unready';

/** A container that does nothing, and that no kubelet ever finds ready: neither is the pod then, whose agent runs beside it. */
export function unreadyContainer(parts: IdleParts): object {
  return {
    ...idleContainer(UNREADY_CONTAINER, parts),
    readinessProbe: { exec: { command: ['false'] }, periodSeconds: 10, timeoutSeconds: 5 },
  };
}
