import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CallOptions } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { Send } from './requests.ts';

/** How the API server serves a kind. */
interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Names a kind: `networking.k8s.io/v1`, `NetworkPolicy`. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What to address: one object, or with an empty `name` the collection; without `namespace` in all namespaces. */
interface Target extends Kind {
  readonly namespace?: string;
  readonly name?: string;
}

/** Turns kinds into URL paths by the server's own discovery, which is asked once an API version. */
export interface Resources {
  /**
   * Path of an object or a collection. Rejects with `ClusterError`: `kind-unknown` where the server does not serve the
   * kind (with `awaitKind` only after 5 s of asking: a custom resource definition is served a moment after it was
   * accepted), `namespace-missing` for a namespaced object without one (none is ever assumed).
   */
  path(target: Target, options?: CallOptions & { readonly awaitKind?: boolean }): Promise<string>;
}

const newKindMs = 5_000;
const newKindPollMs = 250;

/** Finds out what the API server serves by asking it, each API version once. */
export function createResources(send: Send, clock: Clock): Resources {
  const known = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  const lookUp = async ({ apiVersion, kind }: Kind, options: CallOptions | undefined) => {
    let kinds = known.get(apiVersion);
    if (kinds === undefined) {
      kinds = discover(send, apiVersion, options);
      known.set(apiVersion, kinds);
      kinds.catch(() => known.delete(apiVersion));
    }
    const resource = (await kinds).get(kind);
    if (resource === undefined && known.get(apiVersion) === kinds) known.delete(apiVersion);
    return resource;
  };

  const find = async (kind: Kind, options: (CallOptions & { readonly awaitKind?: boolean }) | undefined) => {
    const until = clock.now() + newKindMs;
    for (;;) {
      const resource = await lookUp(kind, options);
      if (resource !== undefined) return resource;
      if (options?.awaitKind !== true || clock.now() >= until) throw unknownKind(kind);
      await clock.sleep(newKindPollMs, options?.signal);
    }
  };

  return {
    path: async (target, options) => {
      const { plural, namespaced } = await find(target, options);
      if (namespaced && target.name !== undefined && target.namespace === undefined) throw noNamespace(target);
      const inNamespace = namespaced && target.namespace !== undefined;
      const parts = [
        ...(inNamespace ? ['namespaces', target.namespace] : []),
        plural,
        ...(target.name === undefined ? [] : [target.name]),
      ];
      return `${root(target.apiVersion)}/${parts.map(encodeURIComponent).join('/')}`;
    },
  };
}

const root = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

async function discover(
  send: Send,
  apiVersion: string,
  options: CallOptions | undefined,
): Promise<ReadonlyMap<string, Resource>> {
  const answer = await send({ method: 'GET', path: root(apiVersion) }, options);
  if (answer.status === 404) return new Map();
  if (answer.status !== 200) throw refusal(`ask what the API server serves under ${apiVersion}`, answer);
  const { resources } = JSON.parse(answer.body) as {
    readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
  };
  const served = resources.filter(({ name }) => !name.includes('/'));
  return new Map(served.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
}

function unknownKind({ apiVersion, kind }: Kind): ClusterError {
  return new ClusterError({
    code: 'kind-unknown',
    message: `the API server does not serve kind ${kind} of ${apiVersion}`,
    hint: 'Is the custom resource definition installed, and is that its API version?',
  });
}

function noNamespace({ kind, name }: Target): ClusterError {
  return new ClusterError({ code: 'namespace-missing', message: `${kind} ${name} names no namespace` });
}
