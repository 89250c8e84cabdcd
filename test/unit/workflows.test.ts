import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { kindVersion } from '../../src/adapters/cluster/kind/find-kind.ts';

/** The parts of a GitHub Actions workflow that are looked at here. */
interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: unknown;
  readonly jobs: Record<string, Job>;
}

interface Job {
  readonly 'timeout-minutes': number;
  readonly needs?: readonly string[];
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const root = new URL('../../', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(`.github/workflows/${file}`, root), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  readonly scripts: Record<string, string>;
};

for (const file of ['ci.yml', 'nightly.yml']) {
  describe(`workflow ${file}`, () => {
    const text = textOf(file);
    const workflow = parse(text) as Workflow;
    const jobs = Object.values(workflow.jobs);
    const runs = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

    it('calls npm scripts that exist', () => {
      const called = runs.flatMap((run) =>
        [...run.matchAll(/npm (?:run (?:--silent )?)?(\S+)/g)].map(([, name]) => name),
      );
      expect(called).to.not.be.empty;
      expect(called.filter((name) => !(name! in scripts))).to.deep.equal([]);
    });

    it('pins every action to a commit, with its version beside it', () => {
      const uses = jobs
        .flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []))
        .filter((action) => action !== './');
      expect(uses).to.not.be.empty;
      for (const action of uses) expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text.match(/uses: \S+ # v\d+\.\d+\.\d+$/gm)).to.have.length(uses.length);
    });

    it('can write nothing, and no job runs for ever', () => {
      expect(workflow.permissions).to.deep.equal({ contents: 'read' });
      expect(jobs.every((job) => job['timeout-minutes'] <= 180)).to.equal(true);
    });

    it('needs only jobs that it has', () => {
      expect(jobs.flatMap(({ needs = [] }) => needs).filter((name) => !(name in workflow.jobs))).to.deep.equal([]);
    });
  });
}

describe('the workflows together', () => {
  it('check, test and run end to end on every push and pull request', () => {
    const { on, jobs } = parse(textOf('ci.yml')) as Workflow;
    expect(on).to.include.keys('push', 'pull_request');
    expect(jobs).to.include.keys('check', 'test', 'e2e');
  });

  it('try plugins every night and on demand, keep the results, and compare them with the night before', () => {
    const text = textOf('nightly.yml');
    const { on, jobs } = parse(text) as Workflow;
    expect(on).to.include.keys('schedule', 'workflow_dispatch');
    expect(jobs).to.include.keys('plan', 'plugin', 'summary', 'control');
    expect(text).to.match(/path: \|\n\s+result\.json\n\s+result\.html/);
    expect(jobs.summary?.needs).to.deep.equal(['plan', 'plugin']);
  });

  it('install the kind release whose node images are pinned', () => {
    const texts = [textOf('ci.yml'), textOf('nightly.yml'), readFileSync(new URL('action.yml', root), 'utf8')];
    for (const text of texts) expect(text).to.match(new RegExp(`(?:KIND_VERSION: |kind@)${kindVersion}$`, 'm'));
  });

  it('run scripts whose files exist', () => {
    const called = Object.values(scripts).flatMap((script) => [...script.matchAll(/\bnode (bin\/\S+)/g)]);
    expect(called).to.not.be.empty;
    expect(called.filter(([, path]) => !existsSync(new URL(path!, root)))).to.deep.equal([]);
  });
});
