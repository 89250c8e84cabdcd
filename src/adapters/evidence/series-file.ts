import { zeroOf } from '../../core/judge/timeline.ts';
import { cellName } from '../../core/matrix/cell.ts';
import { rounded } from '../../core/result/series.ts';
import type { EvidencePart } from './evidence-part.ts';

/** Every attempt of the cells that did not pass, and what was known of the agents, in ms after the change was sent. */
export const seriesFile: EvidencePart = {
  title: 'every attempt of the cells that did not pass',
  collect: async ({ record, result, epochMs }) => {
    const failed = new Set(result.failures.map(({ cell }) => cell));
    const zeroMs = zeroOf(record);
    const cells = record.series
      .filter(({ planned }) => failed.has(cellName(planned.cell)))
      .map(({ planned, attempts }) => ({
        cell: cellName(planned.cell),
        before: planned.before,
        expected: planned.expected,
        attempts: attempts.map(({ sentMs, ...attempt }) => ({ at_ms: rounded(sentMs - zeroMs), ...attempt })),
      }));
    const agents = [...record.agents.values()].map(({ pod, unknown }) => ({
      pod,
      unknown: unknown.map(({ fromMs, toMs, reason }) => ({
        from_ms: rounded(fromMs - zeroMs),
        to_ms: rounded(toMs - zeroMs),
        reason,
      })),
    }));
    const zero = new Date(epochMs + zeroMs).toISOString();
    const text = `${JSON.stringify({ zero, cells, agents }, undefined, 1)}\n`;
    return { files: new Map([['series.json', text]]), missing: [] };
  },
};
