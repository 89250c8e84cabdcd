import type { CallOptions, ChangeTimes, Cluster, KubeObject, ListQuery, ObjectRef } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { Send } from './requests.ts';
import type { Resources } from './resources.ts';
import type { ApiResponse } from './transport.ts';

/** The part of `Cluster` that reads and writes objects. */
export type ObjectVerbs = Pick<Cluster, 'apply' | 'delete' | 'patch' | 'get' | 'list'>;

/** Server-side apply: field owner, take over fields of other owners, refuse unknown or doubled fields. */
const applyQuery = 'fieldManager=netproof&force=true&fieldValidation=Strict';

/** Raw JSON in both directions: the client's typed models rename and drop fields of policies. */
export function createObjectVerbs(send: Send, resources: Resources): ObjectVerbs {
  return {
    apply: async (object, options) => {
      const { apiVersion, kind, metadata } = object;
      const ref: ObjectRef = { apiVersion, kind, ...pick(metadata.namespace), name: metadata.name };
      const path = `${await resources.path(ref, { ...options, awaitKind: true })}?${applyQuery}`;
      const body = JSON.stringify(object);
      const answer = await send({ method: 'PATCH', path, contentType: 'application/apply-patch+yaml', body }, options);
      return times(`apply ${describe(ref)}`, answer);
    },
    patch: async (ref, patch, options) => {
      const path = `${await resources.path(ref, options)}?fieldManager=netproof&fieldValidation=Strict`;
      const body = JSON.stringify(patch);
      const answer = await send({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body }, options);
      return times(`patch ${describe(ref)}`, answer);
    },
    delete: async (ref, options) => {
      const path = await resources.path(ref, options);
      const grace = options?.graceSeconds === undefined ? {} : { gracePeriodSeconds: options.graceSeconds };
      const body = JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        ...grace,
      });
      const answer = await send({ method: 'DELETE', path, contentType: 'application/json', body }, options);
      return answer.status === 404 ? changeTimes(answer) : times(`delete ${describe(ref)}`, answer);
    },
    get: async (ref, options) => {
      const answer = await send({ method: 'GET', path: await resources.path(ref, options) }, options);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw refusal(`get ${describe(ref)}`, answer);
      return JSON.parse(answer.body) as KubeObject;
    },
    list: (query, options) => list(send, resources, query, options),
  };
}

async function list(
  send: Send,
  resources: Resources,
  query: ListQuery,
  options: CallOptions | undefined,
): Promise<readonly KubeObject[]> {
  const { apiVersion, kind, namespace, labelSelector } = query;
  const path = await resources.path({ apiVersion, kind, ...pick(namespace) }, options);
  const search = labelSelector === undefined ? '' : `?${new URLSearchParams({ labelSelector })}`;
  const answer = await send({ method: 'GET', path: `${path}${search}` }, options);
  if (answer.status !== 200)
    throw refusal(`list ${kind} objects${namespace === undefined ? '' : ` in ${namespace}`}`, answer);
  const { items } = JSON.parse(answer.body) as { readonly items: readonly KubeObject[] | null };
  // Items of a list do not repeat their type.
  return (items ?? []).map((item) => ({ ...item, apiVersion, kind }));
}

/** `NetworkPolicy np-1/web`, as messages name an object. */
function describe({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

const pick = (namespace: string | undefined) => (namespace === undefined ? {} : { namespace });

const changeTimes = ({ sentMs, answeredMs }: ApiResponse): ChangeTimes => ({ sentMs, answeredMs });

function times(did: string, answer: ApiResponse): ChangeTimes {
  if (answer.status < 200 || answer.status > 299) throw refusal(did, answer);
  return changeTimes(answer);
}
