import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { ApiRequest, ApiResponse, TransportError } from './transport.ts';

/** The parts of a `Status` object (meta/v1) that say what went wrong. */
interface Status {
  readonly message?: string;
  readonly reason?: string;
}

const hints: Readonly<Record<string, string>> = {
  'api-unauthorized': 'The credentials of the kubeconfig are not accepted: log in again, or choose another --context.',
  'api-forbidden': 'Grant that permission to the user of this context; `kubectl auth can-i --list` shows what it has.',
  'api-too-many-requests': 'The API server is overloaded: use fewer lanes (--lanes), or wait.',
};

/** An answer that is not a success, in the server's own words: code `api-` + its reason, e.g. `api-not-found`. */
export function refusal(did: string, answer: Pick<ApiResponse, 'status' | 'body'>): ClusterError {
  const { status, body } = answer;
  const { message, reason } = readStatus(body);
  const code = isBadPatch(answer)
    ? 'api-invalid'
    : `api-${kebab(reason || (statusNames[status] ?? `status-${status}`))}`;
  const words = message ?? (body.trim().slice(0, 400) || `HTTP status ${status}`);
  const hint = hints[code];
  return new ClusterError({ code, message: `cannot ${did}: ${words}`, ...(hint === undefined ? {} : { hint }) });
}

const statusNames: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'TooManyRequests',
};

/** Server-side apply answers an unknown field or one of the wrong type with 500 and no reason: trying again is no use. */
export function isBadPatch({ status, body }: Pick<ApiResponse, 'status' | 'body'>): boolean {
  return status === 500 && (readStatus(body).message ?? '').includes('failed to create typed patch object');
}

const kebab = (reason: string) => reason.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

function readStatus(body: string): Status {
  try {
    const answer: { readonly kind?: string } & Status = JSON.parse(body) ?? {};
    return answer.kind === 'Status' ? answer : {};
  } catch {
    return {};
  }
}

/** No answer at all: which server, by which kubeconfig and context, and why. */
export function unreachable(request: ApiRequest, endpoint: Endpoint, cause: TransportError): ClusterError {
  return new ClusterError({
    code: 'cluster-unreachable',
    message: `cannot reach the API server at ${endpoint.description}: ${cause.message} (${request.method} ${request.path})`,
    hint: 'Is the cluster up, and is this the right kubeconfig and context?',
    cause,
  });
}

/** The time limit of a call passed without an answer. */
export function outOfTime(request: ApiRequest, endpoint: Endpoint, afterMs: number): ClusterError {
  return new ClusterError({
    code: 'cluster-timeout',
    message: `the API server at ${endpoint.description} did not answer ${request.method} ${request.path} within ${Math.round(afterMs)} ms`,
    hint: 'The API server is overloaded or stuck; try again when it answers `kubectl get --raw /readyz`.',
  });
}

/** The kubeconfig's way of getting credentials (files, exec plugin, OpenID Connect) failed. */
export function noCredentials(endpoint: Endpoint, cause: unknown): ClusterError {
  const words = cause instanceof Error ? cause.message.trim() : String(cause);
  return new ClusterError({
    code: 'cluster-credentials',
    message: `cannot get credentials for ${endpoint.description}: ${words}`,
    hint: 'Does `kubectl get namespaces` work with this kubeconfig and context?',
    cause,
  });
}
