import type { Position } from './position.ts';

/** What every netproof error carries besides its message: a stable code, what to do next, and what caused it. */
interface ErrorFacts {
  /** Stable, kebab-case: reports and tests refer to it. */
  readonly code: string;
  readonly message: string;
  /** What the reader can do next, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Could not do what was asked. A mismatch between expected and observed is never an error, it is a result. */
export abstract class NetproofError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** Exit code of the command line: 2 usage or scenario error, 3 could not find out. */
  abstract readonly exitCode: 2 | 3;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = new.target.name;
    this.code = facts.code;
    this.hint = facts.hint;
  }
}

/** The command line or an option is wrong; nothing was applied. */
export class UsageError extends NetproofError {
  readonly exitCode = 2;
}

/** One mistake in a scenario or policy file. */
export interface Problem {
  readonly code: string;
  /** What was expected and what was found, in one sentence. */
  readonly message: string;
  readonly hint?: string;
  readonly position?: Position;
}

/** A scenario or policy file is wrong; holds every problem found. Nothing was applied. */
export class ScenarioError extends NetproofError {
  readonly exitCode = 2;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const first = problems[0];
    super({ code: first?.code ?? 'scenario-invalid', message: first?.message ?? 'the scenario is invalid' });
    this.problems = problems;
  }
}

/** A cluster, engine or image could not be had or reached. Carries the command that failed where there was one. */
export class ClusterError extends NetproofError {
  readonly exitCode = 3;
  /** The failed command as it can be pasted into a shell. */
  readonly command: string | undefined;
  /** The last lines it printed. */
  readonly outputTail: string | undefined;
  /** Path of the full log. */
  readonly logFile: string | undefined;

  constructor(
    facts: ErrorFacts & { readonly command?: string; readonly outputTail?: string; readonly logFile?: string },
  ) {
    super(facts);
    this.command = facts.command;
    this.outputTail = facts.outputTail;
    this.logFile = facts.logFile;
  }
}

/** The probing itself failed: says nothing about the network. */
export class ProbeError extends NetproofError {
  readonly exitCode = 3;
  /** `namespace/name` of the pod whose probe failed. */
  readonly pod: string | undefined;

  constructor(facts: ErrorFacts & { readonly pod?: string }) {
    super(facts);
    this.pod = facts.pod;
  }
}
