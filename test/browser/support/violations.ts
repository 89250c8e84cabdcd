import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with the page as it stands: the rule, and the first element that breaks it. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] =
    await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes })))');
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
