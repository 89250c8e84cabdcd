/** Node images made for kind v0.33.0, the default first (https://github.com/kubernetes-sigs/kind/releases/tag/v0.33.0). */
const digests: Readonly<Record<string, string>> = {
  'v1.37.0': 'a1ed56cfb0e7b93589bdf97c8cd566405a265939e3620fc4f5de89adff580ae5',
  'v1.36.4': '099e049362a1526b2db71494e1947aae99bd16290d7c895f2b7ea312e3cbfaed',
  'v1.35.8': '07b2536e30b803ed61d1677a79df6115f798ce64c80f9e22f6ed45afd09323c0',
  'v1.34.11': '44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d',
};

/** The published node image of a Kubernetes version: by digest where kind's release names it, else by its tag. */
export function nodeImage(kubernetes: string = 'v1.37.0'): string {
  const digest = digests[kubernetes];
  return `kindest/node:${kubernetes}${digest === undefined ? '' : `@sha256:${digest}`}`;
}
