import { stringify } from 'yaml';
import type { Cluster, KubeObject } from '../../ports/cluster.ts';
import { eventLines } from './event-lines.ts';
import { type EvidencePart, piecesOf } from './evidence-part.ts';

/** What is read of the scenario's namespaces, and the file that it goes to. */
const KINDS = [
  { file: 'policies.yaml', apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { file: 'pods.yaml', apiVersion: 'v1', kind: 'Pod' },
  { file: 'services.yaml', apiVersion: 'v1', kind: 'Service' },
  { file: 'endpointslices.yaml', apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
] as const;

/** The scenario's objects as the API server has them, the nodes, and the namespaces' events. */
export function storedObjects(cluster: Cluster): EvidencePart {
  return {
    title: 'objects as stored in the cluster',
    collect: ({ substitution }, signal) => {
      const real = [...substitution.namespaces.values()];
      const listAll = async (apiVersion: string, kind: string) => {
        const lists = real.map((namespace) => cluster.list({ apiVersion, kind, namespace }, { signal }));
        return (await Promise.all(lists)).flat();
      };
      const gotten = real.map((name) => cluster.get({ apiVersion: 'v1', kind: 'Namespace', name }, { signal }));
      return piecesOf([
        ...KINDS.map(({ file, apiVersion, kind }) => ({
          file,
          text: async () => yamlOf(await listAll(apiVersion, kind)),
        })),
        {
          file: 'namespaces.yaml',
          text: async () => yamlOf((await Promise.all(gotten)).filter((found) => found !== undefined)),
        },
        {
          file: 'nodes.yaml',
          text: async () => yamlOf(await cluster.list({ apiVersion: 'v1', kind: 'Node' }, { signal })),
        },
        { file: 'events.txt', text: async () => eventLines(await listAll('v1', 'Event')) },
      ]);
    },
  };
}

/** One document an object, without the bookkeeping of field owners. */
function yamlOf(objects: readonly KubeObject[]): string {
  return objects
    .map(({ metadata, ...object }) => {
      const { managedFields: _, ...kept } = metadata;
      return stringify({ ...object, metadata: kept }, { lineWidth: 0 });
    })
    .join('---\n');
}
