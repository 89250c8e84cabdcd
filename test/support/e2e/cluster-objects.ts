import { RUN_LABEL } from '../../../src/engine/lane-names.ts';

/** Everything that stands on a cluster: by kind and name what each object is, as text. */
export type Snapshot = ReadonlyMap<string, string>;

/**
 * Kinds that the control plane, the nodes and the plugin write all the time on their own account: liveness, events,
 * where pods are reached, which addresses are taken.
 */
const RESTLESS: ReadonlySet<string> = new Set([
  'Lease',
  'Event',
  'ComponentStatus',
  'Endpoints',
  'EndpointSlice',
  'IPAddress',
  'IPAMBlock',
  'IPAMHandle',
  'BlockAffinity',
]);

interface Item {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status?: unknown;
}

/**
 * Reads every object of every kind through an API proxy, but those of runs. Of an object without a status the resource
 * version counts, which any write changes; of others all that is not status, which controllers write.
 */
export async function objectsOf(proxyUrl: string): Promise<Snapshot> {
  const read = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${proxyUrl}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const { groups } = await read<Groups>('/apis');
  const roots = ['/api/v1', ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const lists = await Promise.all(
    roots.map(async (root) => {
      const { resources } = await read<Resources>(root);
      const listed = resources.filter(({ name, verbs, kind }) => {
        return verbs.includes('list') && !name.includes('/') && !RESTLESS.has(kind);
      });
      return Promise.all(
        listed.map(async ({ name }) => ({
          root,
          name,
          items: (await read<{ items: Item[] }>(`${root}/${name}`)).items,
        })),
      );
    }),
  );
  const all = lists.flat();
  const runs = new Set(
    all
      .filter(({ name, root }) => name === 'namespaces' && root === '/api/v1')
      .flatMap(({ items }) => items)
      .filter(({ metadata }) => metadata.labels?.[RUN_LABEL] !== undefined)
      .map(({ metadata }) => metadata.name),
  );
  return new Map(
    all.flatMap(({ root, name, items }) =>
      items
        .filter(({ metadata }) => !runs.has(metadata.namespace ?? metadata.name))
        .map((item) => [`${root}/${name} ${item.metadata.namespace ?? ''}/${item.metadata.name}`, contentOf(item)]),
    ),
  );
}

interface Groups {
  readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
}

interface Resources {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

function contentOf({ status, ...item }: Item): string {
  if (status === undefined) return JSON.stringify(item.metadata);
  const { resourceVersion: _version, managedFields: _fields, ...metadata } = item.metadata as Record<string, unknown>;
  return JSON.stringify({ ...item, metadata });
}
