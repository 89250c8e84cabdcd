import { fullName } from '../../../core/model/pod-name.ts';
import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { contentHash } from '../agent/program.ts';
import { configMap, type PodPlacement, podObject } from './shared.ts';

/** Where the nginx image has its pages. */
const PAGE_FOLDER = '/usr/share/nginx/html';

function identityPage(identity: string): string {
  return `<!doctype html>\n<title>${identity}</title>\n<p>netproof-identity: ${identity}</p>\n`;
}

/** A pod of another image, e.g. nginx, that runs what the image runs; its page is its identity if the scenario says so. */
export function pagePod(pod: ScenarioPod, placement: PodPlacement): readonly KubeObject[] {
  if (!pod.identityPage) return [podObject(pod, placement, { image: pod.image })];
  const page = identityPage(fullName(pod));
  const name = `netproof-page-${contentHash(page)}`;
  return [
    configMap(placement, name, { 'index.html': page }),
    podObject(pod, placement, { image: pod.image, mounts: [{ configMap: name, path: PAGE_FOLDER }] }),
  ];
}
