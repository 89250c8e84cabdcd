import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({
  version: z.literal(1),
  /** Ids of the node containers: a cluster that somebody else made under the same name has others. */
  containers: z.array(z.string()),
  nodes: z.number(),
  ipFamily: z.enum(['ipv4', 'ipv6', 'dual']),
  /** Of kind's configuration (`KindConfigFacts`). */
  configKey: z.string(),
  /** `--kubernetes` as asked for; absent: the default. */
  kubernetes: z.string().optional(),
  /** The plugin as the command line writes it. */
  cniChoice: z.string(),
  cni: z.object({ name: z.string(), version: z.string() }),
  /** The version that the plugin's DaemonSet shows in its image; one built here has a tag of its own. */
  cniShown: z.string(),
  /** Where the images came from, and by what those built here are told from those of another recipe. */
  imageSource: z.enum(['registry', 'source']),
  imageKey: z.string(),
  images: z.array(z.object({ name: z.string(), provenance: z.string() })),
});

/** What a whole cluster was made of. It is written last of all, so that a half-made cluster has none. */
export type ClusterRecord = Readonly<z.infer<typeof recordSchema>>;

/** Reads a record; one that is missing, torn or of another version counts as none. */
export async function readRecord(file: string): Promise<ClusterRecord | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes a record at once or not at all. */
export async function writeRecord(file: string, record: ClusterRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

/** Takes a record away: from now on the cluster is not whole. */
export async function removeRecord(file: string): Promise<void> {
  await rm(file, { force: true });
}
