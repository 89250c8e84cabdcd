/** A workload image that scenarios use, under the name it has in its registry. */
export interface WorkloadImage {
  /** As scenarios and pods write it: the same whether the image is published or built from source. */
  readonly name: string;
  /** Where it is published, fully qualified. */
  readonly registry: string;
}

const official = (name: string): WorkloadImage => ({ name, registry: `docker.io/library/${name}` });

/**
 * The workload images. `alpine`: BusyBox with its own wget, the client of the article's commands. `nginx`: serves
 * /usr/share/nginx/html on port 80. `node`: runs the agent.
 */
export const workloadImages = {
  alpine: official('alpine:3.22'),
  nginx: official('nginx:1.28-alpine'),
  node: official('node:24-alpine'),
} as const satisfies Readonly<Record<string, WorkloadImage>>;
