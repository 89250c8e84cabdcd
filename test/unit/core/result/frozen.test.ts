import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { buildOverview } from '../../../../src/core/result/page/overview.ts';
import { resultSchema } from '../../../../src/core/result/schema.ts';
import { closingLines } from '../../../../src/reporters/closing.ts';
import { formatJunit } from '../../../../src/reporters/junit.ts';
import { formatMarkdown } from '../../../../src/reporters/markdown/markdown.ts';
import { failedScenarioLines } from '../../../../src/reporters/scenario-lines.ts';

/**
 * A result as netproof 0.1.0 wrote it, with every field that it had. Never to be made anew: what was stored then has to be
 * read as long as the version is 1.
 */
const frozen: unknown = JSON.parse(readFileSync(new URL('frozen/result-v1.json', import.meta.url), 'utf8'));

/** Paths of values that the second tree lacks or has otherwise. */
function lost(before: unknown, after: unknown, path = ''): readonly string[] {
  if (typeof before !== 'object' || before === null) return before === after ? [] : [path];
  if (typeof after !== 'object' || after === null) return [path];
  return Object.entries(before).flatMap(([key, value]) => lost(value, Reflect.get(after, key), `${path}/${key}`));
}

describe('a stored result of version 1', () => {
  it('is still read, and nothing of it is lost', () => {
    expect(lost(frozen, resultSchema.parse(frozen))).to.deep.equal([]);
  });

  it('would be missed, if only a part of it were read', () => {
    const parsed = structuredClone(resultSchema.parse(frozen)) as unknown as { run: Record<string, unknown> };
    delete parsed.run.seed;
    parsed.run.id = 'another';
    expect(lost(frozen, parsed)).to.have.members(['/run/seed', '/run/id']);
  });

  it('still makes every report', () => {
    const result = resultSchema.parse(frozen);
    const options = { width: 80, colour: false };
    expect(formatMarkdown(result)).to.include('❌ 1 failed');
    expect(formatJunit(result)).to.include('name="deny"');
    expect(failedScenarioLines(result, options).join('\n')).to.include('wrong again 7175');
    expect(closingLines(result, options).join('\n')).to.include('6 scenarios');
    expect(buildOverview(result, null).scenarios).to.have.length(6);
  });
});
