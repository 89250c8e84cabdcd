import type { KubeObject, ListQuery, ObjectRef } from '../../ports/cluster.ts';

/** The objects of a simulated cluster, as JSON. */
export class ObjectStore {
  readonly #objects = new Map<string, KubeObject>();
  #version = 0;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  /** Puts an object in place of one of the same name. */
  put(object: KubeObject): void {
    this.#version += 1;
    this.#objects.set(keyOf(refOf(object)), object);
  }

  get(ref: ObjectRef): KubeObject | undefined {
    return this.#objects.get(keyOf(ref));
  }

  /** Removes an object; a namespace with all that is in it. */
  remove(ref: ObjectRef): void {
    this.#version += 1;
    this.#objects.delete(keyOf(ref));
    if (ref.kind !== 'Namespace') return;
    for (const [key, { metadata }] of this.#objects) {
      if (metadata.namespace === ref.name) this.#objects.delete(key);
    }
  }

  /** All objects of a kind. */
  ofKind(kind: string): readonly KubeObject[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind);
  }

  /** Objects that a query selects; of selectors it knows `key` and `key=value`. */
  list({ kind, namespace, labelSelector }: ListQuery): readonly KubeObject[] {
    return this.ofKind(kind).filter(
      ({ metadata }) =>
        (namespace === undefined || metadata.namespace === namespace) && selects(labelSelector, metadata.labels ?? {}),
    );
  }
}

/** The reference that names an object. */
export function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function keyOf({ kind, namespace = '', name }: ObjectRef): string {
  return `${kind} ${namespace} ${name}`;
}

function selects(selector: string | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined) return true;
  const [key = '', value] = selector.split('=');
  return value === undefined ? key in labels : labels[key] === value;
}
