import { deflateRawSync } from 'node:zlib';
import type { Difference } from '../../core/result/difference/difference.ts';
import { buildOverview } from '../../core/result/page/overview.ts';
import { packScenario } from '../../core/result/page/packed-scenario.ts';
import type { RunResult } from '../../core/result/result.ts';
import { writeWhole } from '../write-file.ts';
import { withEvidenceLinks } from './evidence-links.ts';
import { pageTemplate } from './page-template.ts';

/** Where the page has its data. */
const PLACE = '<!--netproof-data-->';

/** Writes the HTML report, whole or not at all. Rejects with `UsageError` where it cannot be written. */
export async function writeHtml(file: string, result: RunResult, difference: Difference | null = null): Promise<void> {
  await writeWhole(file, await formatHtml(withEvidenceLinks(result, file), difference));
}

/** A result as one HTML file that needs nothing else: what is seen first as JSON, each scenario compressed by itself. */
export async function formatHtml(result: RunResult, difference: Difference | null = null): Promise<string> {
  const template = await pageTemplate();
  const overview = element('overview', 'application/json', inScript(JSON.stringify(buildOverview(result, difference))));
  const scenarios = result.scenarios.map((scenario, index) => {
    const packed = deflateRawSync(JSON.stringify(packScenario(scenario)), { level: 9 });
    return element(`scenario-${index}`, 'application/octet-stream', packed.toString('base64'));
  });
  const [before = '', after = ''] = template.split(PLACE);
  return [before, [overview, ...scenarios].join('\n'), after].join('');
}

function element(id: string, type: string, text: string): string {
  return `<script type="${type}" id="${id}">${text}</script>`;
}

/** JSON that holds nothing that ends a script element or begins a comment. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
