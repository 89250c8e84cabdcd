import type { Reply, SeenRequest } from './fake-api-server.ts';

/** A stored object, as far as the store looks into it. */
interface Stored {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
}

/** What the fake server serves: plural, kind, namespaced. */
const served: Readonly<Record<string, readonly (readonly [string, string, boolean])[]>> = {
  '/api/v1': [
    ['namespaces', 'Namespace', false],
    ['nodes', 'Node', false],
    ['pods', 'Pod', true],
    ['services', 'Service', true],
    ['configmaps', 'ConfigMap', true],
    ['events', 'Event', true],
    ['serviceaccounts', 'ServiceAccount', true],
  ],
  '/apis/apps/v1': [['daemonsets', 'DaemonSet', true]],
  '/apis/networking.k8s.io/v1': [['networkpolicies', 'NetworkPolicy', true]],
  '/apis/cilium.io/v2': [['ciliumnetworkpolicies', 'CiliumNetworkPolicy', true]],
  '/apis/apiextensions.k8s.io/v1': [['customresourcedefinitions', 'CustomResourceDefinition', false]],
};

/** Objects by path: applied, patched (top level and labels), deleted, listed by equality of labels. */
export function createStore() {
  const objects = new Map<string, Stored>();

  const answer = ({ method, path, query, body }: SeenRequest): Reply => {
    if (path === '/version') return { status: 200, body: { gitVersion: 'v1.37.2' } };
    const kinds = served[path];
    if (kinds !== undefined)
      return {
        status: 200,
        body: { resources: kinds.map(([name, kind, namespaced]) => ({ name, kind, namespaced })) },
      };
    if (method === 'PATCH') return write(path, JSON.parse(body));
    const found = objects.get(path);
    if (method === 'DELETE') return objects.delete(path) ? { status: 200, body: found } : notFound(path);
    if (found !== undefined) return { status: 200, body: found };
    return isCollection(path) ? { status: 200, body: { items: items(path, query) } } : notFound(path);
  };

  const write = (path: string, change: Stored): Reply => {
    const before = objects.get(path);
    const labels = { ...before?.metadata.labels, ...change.metadata?.labels };
    const object = { ...before, ...change, metadata: { ...before?.metadata, ...change.metadata, labels } };
    objects.set(path, object);
    return { status: before === undefined ? 201 : 200, body: object };
  };

  /** As a real server, items of a list do not repeat their type. */
  const items = (path: string, query: URLSearchParams) => {
    const plural = path.split('/').at(-1);
    const prefix = path.includes('/namespaces/') ? `${path}/` : path.slice(0, path.lastIndexOf('/') + 1);
    const wanted = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
    return [...objects]
      .filter(([key]) => key.startsWith(prefix) && key.split('/').at(-2) === plural)
      .map(([, object]) => object)
      .filter(({ metadata }) =>
        wanted.every((term) => {
          const [key = '', value] = term.split('=');
          return value === undefined ? key in (metadata.labels ?? {}) : metadata.labels?.[key] === value;
        }),
      )
      .map(({ apiVersion: _version, kind: _kind, ...item }) => item);
  };

  const put = (object: object): void => {
    const { apiVersion, kind, metadata } = object as Stored;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const plural = served[root]?.find(([, served]) => served === kind)?.[0];
    if (plural === undefined) throw new Error(`the fake API server does not serve ${kind}`);
    const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
    objects.set(`${root}${namespace}/${plural}/${metadata.name}`, object as Stored);
  };

  return { answer, put };
}

const isCollection = (path: string) =>
  Object.entries(served).some(
    ([root, kinds]) => path.startsWith(root) && kinds.some(([plural]) => path.endsWith(`/${plural}`)),
  );

const notFound = (path: string): Reply => ({
  status: 404,
  body: {
    kind: 'Status',
    status: 'Failure',
    code: 404,
    reason: 'NotFound',
    message: `"${path.split('/').at(-1)}" not found`,
  },
});
