/**
 * What a cell must come to. `unresolved` only where a scenario states it; `reported` where Kubernetes leaves the
 * result open: it is observed and shown, never judged.
 */
export type Expected = 'open' | 'closed' | 'unresolved' | 'reported';
