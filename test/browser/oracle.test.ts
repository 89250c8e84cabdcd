import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { findChromium, launchChromium } from './support/chromium.ts';

const root = new URL('../../', import.meta.url);

const MANIFESTS = `{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web, namespace: shop}, spec: {}}
`;

/** The example of docs/explain.md, about these manifests. */
function example(): string {
  const page = readFileSync(new URL('docs/explain.md', root), 'utf8');
  const [, code = ''] = /```ts\n([\s\S]*?netproof\/oracle[\s\S]*?)```/.exec(page) ?? [];
  return code.replace('\nconst ', `\nconst text = ${JSON.stringify(MANIFESTS)};\nconst `);
}

/** A program with all that it imports, as one script. It must not name anything of Node.js. */
async function bundled(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'netproof/oracle': fileURLToPath(new URL('src/oracle.ts', root)) } },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'example' } },
  });
  const [first] = [made].flat();
  if (first === undefined || !('output' in first)) throw new Error('Vite made nothing');
  return first.output[0].code;
}

describe('the oracle in a browser', function () {
  this.timeout(360_000);
  const folder = mkdtempSync(join(tmpdir(), 'netproof-oracle-'));
  let browser: Browser | undefined;

  before(async function () {
    const found = await findChromium();
    if ('missing' in found) {
      console.log(`      skipped: ${found.missing}`);
      this.skip();
    }
    browser = await launchChromium(found.path);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  it('answers the example of the documentation', async () => {
    const entry = join(folder, 'example.ts');
    writeFileSync(entry, example());
    const page = await browser!.newPage();
    const printed: string[] = [];
    page.on('console', (message) => printed.push(message.text()));
    page.on('pageerror', (error) => printed.push(String(error)));
    await page.addScriptTag({ content: await bundled(entry) });
    expect(printed[0]).to.equal('denied');
    expect(printed[1]).to.match(/^shop\/a -> shop\/web:8080\/TCP: denied\n {2}egress of shop\/a: allowed/);
    expect(printed[1]).to.include('shop/web (policies.yaml:5:1) has no ingress rules, so it admits nothing');
  });
});
