/** Share of the scenarios that run in fresh pods although a lane keeps some for them (design: "Lanes"). */
const SHARE = 0.05;

/** Whether a scenario belongs to the sample that runs in fresh pods: drawn by the run's seed, each by itself. */
export function runsInFreshPods(id: string, seed: number): boolean {
  // FNV-1a, with a final mix: ids differ in few characters.
  let hash = 0x811c9dc5 ^ seed;
  for (const char of id) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 < SHARE;
}
