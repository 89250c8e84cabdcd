import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A step of a workflow as its file states it. */
export interface WorkflowStep {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of a workflow as its file states it. */
export interface WorkflowJob {
  readonly steps: readonly WorkflowStep[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Values of the expressions in `${{ }}`, by their text. */
export type Expressions = Readonly<Record<string, string>>;

/**
 * Programs in place of those that need a network or a cluster. They write down how they were called. `npm` and the
 * bootstrap lead to netproof itself, but for a run, which leaves the result that the test gives and exits with 1. The last
 * night, 41, has left nothing.
 */
const programs: Readonly<Record<string, string>> = {
  npm: `case "$*" in
  "run --silent netproof -- run "*) cp "$FIXTURE" result.json; exit 1 ;;
  "run --silent netproof -- "*) shift 4; exec "$REAL_NODE" "$ROOT/src/cli/main.ts" "$@" ;;
esac`,
  node: `case "$1" in
  *bin/bootstrap.mjs) shift; script=$1; shift
    case "$script $1" in "src/cli/main.ts run") cp "$FIXTURE" result.json; exit 0 ;; esac
    exec "$REAL_NODE" "$ROOT/$script" "$@" ;;
  dist/*) exit 0 ;;
esac
exec "$REAL_NODE" "$@"`,
  go: 'case "$*" in "env GOPATH") echo /go ;; esac',
  gh: `case "$*" in
  "run list "*) echo 41; echo 40; echo 39 ;;
  "run download 41 "*) exit 1 ;;
  "run download "*) while [ $# -gt 1 ]; do [ "$1" = --dir ] && dir=$2; shift; done
    mkdir -p "$dir/result-x"; cp "$FIXTURE" "$dir/result-x/result.json" ;;
esac`,
};

/** What the steps of a job came to. */
export interface JobRun {
  /** Exit code and output of each script, by the step's name or its first words. */
  readonly steps: readonly { readonly title: string; readonly code: number | null; readonly output: string }[];
  /** Command lines of the programs. */
  readonly calls: readonly string[];
  /** Text of GITHUB_OUTPUT, GITHUB_PATH and GITHUB_STEP_SUMMARY. */
  readonly files: { readonly output: string; readonly path: string; readonly summary: string };
}

/** Runs the scripts of a job one after the other as GitHub's runner does (`bash -e`), in a folder like a checkout. */
export function runJob({ steps, env: ofJob = {} }: WorkflowJob, expressions: Expressions, fixture: string): JobRun {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-workflow-'));
  try {
    const bin = join(folder, '.programs');
    mkdirSync(bin);
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >>"$CALLS"\n${script}\nexit 0\n`);
      chmodSync(join(bin, name), 0o755);
    }
    for (const name of ['bin', 'src', 'scenarios', 'package.json']) symlinkSync(join(root, name), join(folder, name));
    const file = (name: string) => join(folder, `.${name}`);
    for (const name of ['output', 'path', 'summary', 'calls']) writeFileSync(file(name), '');
    const env = {
      ...process.env,
      ...ofJob,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      CALLS: file('calls'),
      FIXTURE: fixture,
      ROOT: root,
      REAL_NODE: process.execPath,
      GITHUB_OUTPUT: file('output'),
      GITHUB_PATH: file('path'),
      GITHUB_STEP_SUMMARY: file('summary'),
    };
    const ran = steps.flatMap(({ name, run, env: own = {} }) => {
      if (run === undefined) return [];
      const values = Object.entries(own).map(([key, value]) => [key, filled(String(value), expressions)]);
      const script = filled(run, expressions);
      const ended = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: folder,
        env: { ...env, ...Object.fromEntries(values) },
        encoding: 'utf8',
      });
      return [{ title: name ?? run.slice(0, 40), code: ended.status, output: `${ended.stdout}${ended.stderr}` }];
    });
    const text = (name: string) => readFileSync(file(name), 'utf8');
    return {
      steps: ran,
      calls: text('calls').split('\n'),
      files: { output: text('output'), path: text('path'), summary: text('summary') },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text with its expressions filled in; throws for one that the test does not know. */
function filled(text: string, expressions: Expressions): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = expressions[expression];
    if (value === undefined) throw new Error(`the test knows no value of the expression ${expression}`);
    return value;
  });
}
