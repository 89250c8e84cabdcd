import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { compareRuns } from '../../src/core/result/difference/compare-runs.ts';
import { writeHtml } from '../../src/reporters/html/html.ts';
import { manyScenarios } from '../support/result/many-scenarios.ts';
import { aRunResult, aScenarioResult } from '../support/result/results.ts';
import { findChromium, launchChromium } from './support/chromium.ts';
import { redResult } from './support/red-result.ts';
import { violationsOf } from './support/violations.ts';

const FLAP = '#/scenario/bugs%2Fleaks/1/x%2Fa-%3Ey%2Fb%3A80%2FTCP%20via%20pod-ip';

describe('the HTML report in a browser', function () {
  this.timeout(360_000);
  const folder = mkdtempSync(join(tmpdir(), 'netproof-html-'));
  const red = join(folder, 'red.html');
  let browser: Browser | undefined;
  const troubles: string[] = [];

  /** A fresh page at an address of the report; whatever its console says of errors is kept. */
  const open = async (hash = '', options: BrowserContextOptions = {}, file = red): Promise<Page> => {
    const context = await browser!.newContext(options);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!/^(?:file|data|blob):/.test(request.url())) troubles.push(`asked for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(file)}${hash}`);
    await page.locator('main > *').first().waitFor();
    return page;
  };
  /** Scenarios in the list, once the page shows it: a change of the address is drawn a moment later. */
  const listed = async (page: Page) => {
    await page.locator('.scenarios').waitFor();
    return page.locator('.scenarios tbody th a').allTextContents();
  };

  before(async function () {
    const found = await findChromium();
    if ('missing' in found) {
      // Where nobody reads the line below, a report that no browser has opened must not look tested.
      if (process.env.CI) throw new Error(found.missing);
      console.log(`      skipped: ${found.missing}`);
      this.skip();
    }
    const before = aRunResult([aScenarioResult({ id: 'bugs/leaks' }), aScenarioResult({ id: 'old' })]);
    await writeHtml(red, redResult(), compareRuns(before, redResult()));
    browser = await launchChromium(found.path);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    expect(troubles.splice(0)).to.deep.equal([]);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows what ran, how it came out, the card and the difference', async () => {
    const page = await open();
    expect(await page.locator('h1').textContent()).to.equal('calico v3.32.2');
    expect(await page.locator('.tile').allInnerTexts()).to.deep.equal([
      '1\n✗ failed',
      '1\n~ flaky',
      '1\n? inconclusive',
      '1\n✓ passed',
      '1\n– skipped',
    ]);
    expect(await page.locator('tr', { hasText: 'rules by port name' }).innerText()).to.match(/violated.*bugs\/leaks/s);
    expect(await page.locator('tr', { hasText: 'SCTP' }).first().innerText()).to.include('no SCTP in the kernel');
    const difference = page.locator('section', { has: page.locator('#difference') });
    expect(await difference.innerText())
      .to.include('Worse than before')
      .and.include('newly violated bugs/leaks');
    expect(await page.locator('.charts .plot canvas').count()).to.equal(2);
  });

  it('filters by status, tag, origin and text, and keeps the filter in its address', async () => {
    const page = await open();
    expect(await listed(page)).to.have.lengthOf(5);
    await page.getByRole('checkbox', { name: 'failed' }).check();
    await page.getByRole('checkbox', { name: 'skipped' }).check();
    expect(await listed(page)).to.deep.equal(['bugs/leaks', 'upstream/sctp']);
    await page.waitForURL(/status=failed%2Cskipped/);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Tag').selectOption('ingress');
    expect(await listed(page)).to.deep.equal(['semantics/good', 'bugs/leaks']);
    await page.getByLabel('Origin').selectOption('projectcalico/calico');
    expect(await listed(page)).to.deep.equal(['bugs/leaks']);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.keyboard.press('/');
    await page.locator('#search:focus').waitFor();
    await page.keyboard.type('STREAM lost');
    await page.waitForURL(/text=STREAM\+lost$/);
    expect(await listed(page)).to.deep.equal(['bugs/unknown']);
    const again = await open(new URL(page.url()).hash);
    expect(await listed(again)).to.deep.equal(['bugs/unknown']);
  });

  it('opens a cell by keyboard: its attempts, the settled point, the flap, why, and the lines that decide', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'bugs/leaks' }).last().click();
    const cell = page.getByRole('button', { name: /^x\/a to y\/c.*expected closed, observed dropped, passed/ });
    await cell.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(({ hash }) => hash === FLAP);
    const panel = page.locator('.panel');
    expect(await panel.innerText()).to.include('wrong again 7175 ms after settling');
    expect(await panel.innerText())
      .to.include('ingress of y/b: denied')
      .and.include('repeat x/a y/b 80');
    await panel.getByText('as a table').click();
    expect(await panel.locator('tbody tr').allInnerTexts()).to.deep.include('7500 ms\topen\t1\tcontrary again');
    expect(await page.locator('.decides').allInnerTexts()).to.satisfy(
      (lines: readonly string[]) =>
        /kind: NetworkPolicy/.test(lines[0] ?? '') && /ingress: \[\]/.test(lines[1] ?? '') && lines.length === 2,
    );
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.locator('button:focus[aria-label^="x/a to y/b"]').waitFor();
    await page.keyboard.press('Escape');
    expect(await listed(page)).to.have.lengthOf(5);
  });

  it('gives the focus back to the cell whose panel was closed, and leaves it where it is when another is opened', async () => {
    const page = await open(FLAP);
    await page.getByRole('link', { name: 'close' }).click();
    await page.locator('button:focus[aria-label^="x/a to y/b"]').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.panel:focus').waitFor();
    await page.locator('.step').first().locator('.cell button').first().click();
    await page.locator('.step').first().locator('.panel:focus').waitFor();
  });

  it('goes from a scenario to the search by its key', async () => {
    const page = await open('#/scenario/bugs%2Fleaks');
    await page.keyboard.press('/');
    await page.locator('#search:focus').waitFor();
    await page.keyboard.type('good');
    await page.waitForURL(/text=good$/);
    expect(await listed(page)).to.deep.equal(['semantics/good']);
  });

  it('is named by what it shows', async () => {
    const page = await open();
    expect(await page.title()).to.equal('calico v3.32.2 · netproof report');
    await page.getByRole('link', { name: 'bugs/leaks' }).last().click();
    await page.locator('#scenario').waitFor();
    expect(await page.title()).to.equal('bugs/leaks · calico v3.32.2 · netproof report');
    await page.goto(`${pathToFileURL(red)}${FLAP}`);
    await page.locator('.panel').waitFor();
    expect(await page.title()).to.equal('x/a->y/b:80/TCP via pod-ip · bugs/leaks · calico v3.32.2 · netproof report');
  });

  it('draws the attempts: each outcome and the flap in its colour', async () => {
    const page = await open(FLAP);
    const colours: readonly string[] = await page.locator('.panel canvas').evaluate((canvas: unknown) => {
      const { width, height, getContext } = canvas as { width: number; height: number; getContext: unknown };
      const context = (
        getContext as (kind: string) => { getImageData: (...area: number[]) => { data: number[] } }
      ).call(canvas, '2d');
      const { data } = context.getImageData(0, 0, width, height);
      const seen = new Set<string>();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      }
      return [...seen];
    });
    // The style sheet's open, closed and failed, in its light scheme.
    expect(colours).to.include.members(['140,192,245', '169,177,187', '179,24,29']);
  });

  it('changes between what was expected, observed, and the difference', async () => {
    const page = await open('#/scenario/bugs%2Fleaks/1');
    const signs = () => page.locator('.step').nth(1).locator('.cell button').allInnerTexts();
    const choose = (name: string) => page.locator('.step').nth(1).getByRole('radio', { name }).check();
    expect(await signs()).to.deep.equal(['•', '=']);
    await choose('expected');
    expect(await signs()).to.deep.equal(['×', '×']);
    await choose('observed');
    expect(await signs()).to.deep.equal(['•', '×']);
  });

  it('says so where an address leads to nothing', async () => {
    const page = await open('#/scenario/gone');
    expect(await page.getByRole('alert').innerText()).to.include('no scenario “gone”');
    expect(await listed(await open('#/scenario/50%'))).to.have.lengthOf(5);
  });

  for (const [name, options] of Object.entries({
    light: { colorScheme: 'light' },
    dark: { colorScheme: 'dark' },
    narrow: { colorScheme: 'light', viewport: { width: 360, height: 700 } },
  } satisfies Record<string, BrowserContextOptions>)) {
    it(`has nothing that axe-core finds wrong (${name}), and nothing that sticks out`, async () => {
      for (const hash of ['', '#/scenario/bugs%2Fleaks', FLAP, '#/?text=nothing-has-this']) {
        const page = await open(hash, options);
        await page.locator('table').first().waitFor();
        expect(await violationsOf(page), `${name} ${hash}`).to.deep.equal([]);
        const { wide, screen } = await page.evaluate<{ wide: number; screen: number }>(
          '({ wide: document.documentElement.scrollWidth, screen: innerWidth })',
        );
        expect(wide, `${name} ${hash}`).to.be.at.most(screen);
      }
    });
  }

  it('finds fault where there is one', async () => {
    const page = await open();
    await page.evaluate("document.querySelector('#search').labels[0].replaceWith(document.querySelector('#search'))");
    expect((await violationsOf(page)).join()).to.include('label');
  });

  it('prints without what only works on a screen', async () => {
    const page = await open(FLAP);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('.no-print:visible').count()).to.equal(0);
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).to.equal('light');
  });

  /** When the page can be used, in ms after its navigation began: the median of some loads. */
  const interactiveAfter = async (file: string): Promise<number> => {
    const times: number[] = [];
    for (let load = 0; load < 5; load += 1) {
      const page = await open('', {}, file);
      times.push(await page.evaluate<number>("performance.getEntriesByName('interactive')[0].startTime"));
      await page.context().close();
    }
    return times.toSorted((a, b) => a - b)[2]!;
  };

  it('carries 400 scenarios in less than 5 MB, and lists, filters and opens them', async () => {
    const many = join(folder, 'many.html');
    await writeHtml(many, await manyScenarios(112, 288));
    expect(statSync(many).size).to.be.lessThan(5_000_000);
    const [few, all] = [await interactiveAfter(red), await interactiveAfter(many)];
    console.log(`      interactive after ${Math.round(all)} ms, with five scenarios after ${Math.round(few)} ms`);
    expect(all / few, 'times as long as with five scenarios').to.be.lessThan(10);
    const page = await open('', {}, many);
    expect(await listed(page)).to.have.lengthOf(400);
    await page.getByLabel('Search').fill('case-7 bugs');
    expect(await listed(page)).to.deep.equal([]);
    await page.getByLabel('Search').fill('case-111');
    await page.getByRole('link', { name: 'cyclonus/case-111', exact: true }).click();
    await page.locator('.cell').first().waitFor();
    expect(await page.locator('.step').first().locator('.cell').count()).to.equal(288);
  });
});
