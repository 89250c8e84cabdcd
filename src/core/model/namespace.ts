import type { Labels } from './selector.ts';

/** A namespace as policies see it; the API server adds the label `kubernetes.io/metadata.name`. */
export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
}
