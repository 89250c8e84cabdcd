import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { loadKnownFindings } from '../../../src/adapters/files/load-known-findings.ts';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { ScenarioError } from '../../../src/core/diagnostics/errors.ts';
import { knownSchema, readKnownFindings } from '../../../src/formats/known-findings.ts';
import { thrown } from '../../support/thrown.ts';

const FILE = new URL('../../../schemas/known.schema.json', import.meta.url);
const ROOT = new URL('../../../', import.meta.url);

const ENTRY = `known:
  - scenario: bugs/a
    plugin: calico
    versions: ["3.28"]
    cells: ["*->x/a"]
    why: it leaks
    finding: docs/findings.md#leak
`;

describe('the file of known findings', () => {
  it('has a schema that is committed (UPDATE_SCHEMAS=1 writes it anew)', () => {
    const text = `${JSON.stringify(z.toJSONSchema(knownSchema, { io: 'input', target: 'draft-7' }), null, 2)}\n`;
    if (process.env.UPDATE_SCHEMAS) writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).to.equal(text);
  });

  it('is read', () => {
    expect(readKnownFindings(ENTRY, 'known.yaml')).to.deep.equal([
      {
        scenario: 'bugs/a',
        plugin: 'calico',
        versions: ['3.28'],
        cells: ['*->x/a'],
        why: 'it leaks',
        finding: 'docs/findings.md#leak',
      },
    ]);
  });

  it('is refused with a line where something is wrong', () => {
    const wrong = ENTRY.replace('"*->x/a"', 'everything').replace('plugin', 'plugins');
    const error = thrown(ScenarioError, () => readKnownFindings(wrong, 'known.yaml'));
    const lines = error.problems.map(({ message, position }) => `${position?.line}: ${message}`);
    expect(lines.some((line) => line.startsWith('5: known[0].cells[0]: expected cells as FROM->TO'))).to.equal(true);
    expect(lines.some((line) => line.includes('"plugins"'))).to.equal(true);
  });

  it('names scenarios that there are, and chapters that tell how to reproduce the finding', () => {
    const ids = loadScenarios([]).map(({ id }) => id);
    for (const { scenario, finding } of loadKnownFindings()) {
      expect(ids).to.include(scenario);
      const [file = '', chapter = ''] = finding.split('#');
      const headings = readFileSync(new URL(file, ROOT), 'utf8').match(/^## .*$/gm) ?? [];
      const anchors = headings.map((each) =>
        each
          .slice(3)
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors).to.include(chapter);
    }
  });
});
