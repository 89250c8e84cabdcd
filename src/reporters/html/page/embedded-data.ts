import type { ReportOverview } from '../../../core/result/page/overview.ts';
import { type PackedScenario, type ScenarioDetail, unpackScenario } from '../../../core/result/page/packed-scenario.ts';

/** The overview that the file carries. */
export function readOverview(): ReportOverview {
  return JSON.parse(document.getElementById('overview')?.textContent ?? 'null');
}

const opened = new Map<number, Promise<ScenarioDetail>>();

/** The scenario at `index` of the overview, unpacked the first time that it is asked for. */
export function readScenario(index: number): Promise<ScenarioDetail> {
  const known = opened.get(index) ?? unpack(document.getElementById(`scenario-${index}`)?.textContent ?? '');
  opened.set(index, known);
  return known;
}

async function unpack(base64: string): Promise<ScenarioDetail> {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const packed: PackedScenario = await new Response(inflated).json();
  return unpackScenario(packed);
}
