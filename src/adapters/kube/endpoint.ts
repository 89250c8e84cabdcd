import type { KubeConfig } from '@kubernetes/client-node';
import { UsageError } from '../../core/diagnostics/errors.ts';

/** Where an API server is reached and as whom. */
export interface Endpoint {
  /** Authentication of every kind that a kubeconfig can name. */
  readonly kube: KubeConfig;
  readonly server: URL;
  /** For messages: `https://127.0.0.1:6443 (kubeconfig /x, context y)`. */
  readonly description: string;
}

/** Which kubeconfig, and which of its contexts. Without `kubeconfig`: kubectl's own rules (KUBECONFIG, ~/.kube/config). */
export interface EndpointChoice {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/**
 * Reads a kubeconfig; contacts nobody. The Kubernetes client is imported here, on first use.
 * Rejects with `UsageError` when the file cannot be read or the context is not in it.
 */
export async function loadEndpoint({ kubeconfig, context }: EndpointChoice): Promise<Endpoint> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kube = new KubeConfig();
  const file = kubeconfig ?? process.env.KUBECONFIG ?? '~/.kube/config';
  try {
    if (kubeconfig === undefined) kube.loadFromDefault();
    else kube.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new UsageError({
      code: 'kubeconfig-unreadable',
      message: `cannot read the kubeconfig ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'Name the right file with --kubeconfig FILE.',
      cause,
    });
  }
  if (context !== undefined) kube.setCurrentContext(context);
  return { kube, ...currentServer(kube, file) };
}

function currentServer(kube: KubeConfig, file: string): Pick<Endpoint, 'server' | 'description'> {
  const context = kube.getCurrentContext();
  const cluster = kube.getCurrentCluster();
  if (cluster === null || !URL.canParse(cluster.server)) {
    const known = kube.getContexts().map(({ name }) => name);
    throw new UsageError({
      code: 'context-unknown',
      message: `context ${JSON.stringify(context ?? '')} of ${file} names no cluster`,
      hint: known.length === 0 ? 'The file has no contexts.' : `Contexts in the file: ${known.join(', ')}.`,
    });
  }
  return { server: new URL(cluster.server), description: `${cluster.server} (kubeconfig ${file}, context ${context})` };
}
