import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { resultSchema } from '../../../../src/core/result/schema.ts';
import { anAttempt } from '../../../support/judge/step.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

const FILE = new URL('../../../../schemas/result.schema.json', import.meta.url);

/** A result with every kind of reason that a short story gives, and attempts with every field. */
function full() {
  const { planned, attempts } = SERIES.closes();
  const flap = { planned, attempts: [...attempts, anAttempt(8500, 'open', { sourceSeen: '10.0.0.1', detail: 'x' })] };
  const handshake = { planned, attempts: [...attempts, anAttempt(8500, 'dropped', { handshake: true })] };
  const misrouted = { planned, attempts: [...attempts, anAttempt(8500, 'misrouted')] };
  const stays = SERIES.staysOpen();
  const steps = [
    aStep('1', [
      flap,
      handshake,
      misrouted,
      SERIES.unknown(),
      SERIES.closes('y/b', 99_999),
      SERIES.closes('y/b', 6500),
    ]),
    aStep('2', [SERIES.closes('y/b', 300), { ...stays, attempts: [...stays.attempts, anAttempt(1, 'dropped')] }]),
  ];
  const policies = [{ name: 'deny', file: 'deny.yaml', text: 'kind: NetworkPolicy', lines: [3] }];
  return aRunResult([aScenarioResult({ status: 'failed', steps, policies, origin: 'https://example.test' })]);
}

describe('the schema of result.json', () => {
  it('accepts a full result and drops nothing of it', () => {
    const result = full();
    const codes = result.scenarios.flatMap(({ steps }) =>
      steps.flatMap((step) => step.failures.flatMap((f) => f.reasons)),
    );
    expect(new Set(codes.map(({ code }) => code)).size).to.equal(7);
    const json: unknown = JSON.parse(JSON.stringify(result));
    expect(resultSchema.parse(json)).to.deep.equal(json);
    expect(json).to.deep.equal(result);
  });

  it('reads a result of a version that knew no capability card', () => {
    const { card: _, latency: __, ...older } = full();
    expect(resultSchema.parse(older)).to.deep.equal({ ...older, card: [], latency: [] });
  });

  it('refuses a result that lacks a field or has a status of no name', () => {
    const { summary: _, ...lacking } = full();
    expect(resultSchema.safeParse(lacking).success).to.equal(false);
    const wrong = aRunResult([aScenarioResult({ status: 'green' as 'passed' })]);
    expect(resultSchema.safeParse(wrong).success).to.equal(false);
  });

  it('is committed as JSON Schema (UPDATE_SCHEMAS=1 writes it anew)', () => {
    const schema = z.toJSONSchema(resultSchema, { io: 'input' });
    const text = `${JSON.stringify({ title: 'netproof result.json, version 1', ...schema }, null, 2)}\n`;
    if (process.env.UPDATE_SCHEMAS) writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).to.equal(text);
  });
});
