import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { documentKind } from '../../../src/formats/document-kind.ts';
import { trackedFiles } from '../../support/repository.ts';

const root = new URL('../../../', import.meta.url).pathname;
const scenarios = [...trackedFiles('scenarios'), ...trackedFiles('test')].filter(
  ({ path, text }) =>
    /(?<!\.pods)\.ya?ml$/.test(path) && path !== 'scenarios/known.yaml' && documentKind(text) === 'scenario',
);

describe('the scenario files', () => {
  it('are there', () => {
    expect(scenarios).to.have.length.greaterThan(4);
  });

  it('tell editors in their first line where their schema is', () => {
    const schemas = scenarios.map(({ path, text }) => ({
      path,
      schema: /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1],
    }));
    const wrong = schemas.filter(
      ({ path, schema }) =>
        schema === undefined ||
        join(dirname(path), schema) !== 'schemas/scenario.schema.json' ||
        !existsSync(join(root, dirname(path), schema)),
    );
    expect(wrong).to.deep.equal([]);
  });
});
