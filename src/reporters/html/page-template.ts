import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Where a build of netproof has the page; a checkout has its sources there. */
const SHIPPED = new URL('./page/page.html', import.meta.url);
const BUILDER = new URL('../../../bin/build-page.mjs', import.meta.url);

/** The page of the report without data: as it was shipped, or in a checkout built from its sources, once. */
export async function pageTemplate(): Promise<string> {
  if (existsSync(SHIPPED)) return await readFile(SHIPPED, 'utf8');
  const { builtPage }: { builtPage: () => Promise<string> } = await import(BUILDER.href);
  return await builtPage();
}
