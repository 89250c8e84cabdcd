import type { Cluster } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { Send } from './requests.ts';

/** Reads what a container printed, by the API (core/v1: `GET …/pods/NAME/log`). */
export function createLogs(send: Send): Cluster['logs'] {
  return async ({ namespace, name, container }, { sinceSeconds, tailLines, limitBytes, previous, ...options }) => {
    const query = new URLSearchParams({
      ...(container !== undefined && { container }),
      ...(sinceSeconds !== undefined && { sinceSeconds: String(Math.max(1, Math.ceil(sinceSeconds))) }),
      ...(tailLines !== undefined && { tailLines: String(tailLines) }),
      ...(limitBytes !== undefined && { limitBytes: String(limitBytes) }),
      ...(previous !== undefined && { previous: String(previous) }),
    });
    const answer = await send(
      { method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}/log?${query}` },
      options,
    );
    if (answer.status !== 200) throw refusal(`read the log of pod ${namespace}/${name}`, answer);
    return answer.body;
  };
}
