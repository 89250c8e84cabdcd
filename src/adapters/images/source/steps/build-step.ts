import type { Progress } from '../../../../ports/progress.ts';
import type { ContainerEngine } from '../../../container-engine/container-engine.ts';
import type { WorkContext } from '../../../debian/install-packages.ts';
import type { CommandOptions, CommandResult } from '../../../process/run-command.ts';
import { runCommand } from '../../../process/run-command.ts';
import type { GoContext } from '../go/go-binaries.ts';

/** Surroundings of a source build. */
export interface BuildContext extends GoContext {
  readonly engine: ContainerEngine;
  /** Progress of the steps that run beside the others. */
  readonly sideProgress: Progress;
}

/** One thing to build. Its key says what it is made of; when it is there under its key, it is complete. */
export interface BuildStep {
  /** What it does, for people: `build kubelet v1.37.2`. */
  readonly title: string;
  readonly key: string;
  /** What must be there before it is made; not looked at when it is there itself. */
  readonly needs: readonly BuildStep[];
  /** It needs nothing and leaves cores idle (downloads, unpacks): it runs beside the others. */
  readonly beside?: boolean;
  isDone(): Promise<boolean>;
  make(): Promise<void>;
}

/** The surroundings of a step that runs beside the others. */
export const besideContext = (context: BuildContext): BuildContext => ({ ...context, progress: context.sideProgress });

/** Runs a command of a build, with its output in the named log, its last line as progress, and cancellable. */
export const runBuildCommand = (
  context: WorkContext,
  log: string,
  [command, ...args]: readonly [string, ...string[]],
  options: CommandOptions = {},
): Promise<CommandResult> =>
  runCommand(command, args, {
    logFile: `${context.state.logs}/${log}.log`,
    onLine: (line) => context.progress.detail(line),
    signal: context.signal,
    ...options,
  });

/** Runs the docker client against the context's engine, as a command of a build. */
export const runDocker = (
  context: BuildContext,
  log: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> =>
  runBuildCommand(context, log, [context.engine.docker, ...args], {
    ...options,
    env: { ...context.engine.env, ...(context.engine.hasBuildx ? {} : { DOCKER_BUILDKIT: '0' }), ...options.env },
  });
