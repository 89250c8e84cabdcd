import { createHash } from 'node:crypto';
import type { ImageProvenance } from '../../core/result/result.ts';

/**
 * Tells images built here from those of another recipe or another checkout. Images from a registry do not count: those
 * on a cluster stay as good as they were.
 */
export function builtKey(images: readonly ImageProvenance[]): string {
  const built = images.filter(({ provenance }) => provenance.startsWith('source '));
  return createHash('sha256').update(JSON.stringify(built)).digest('hex').slice(0, 16);
}
