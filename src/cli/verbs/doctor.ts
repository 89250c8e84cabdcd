import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { presentKind } from '../../adapters/cluster/kind/find-kind.ts';
import { availableMemory } from '../../adapters/cluster/kind/require-memory.ts';
import { engineRemedy } from '../../adapters/container-engine/engine-remedy.ts';
import { findEngine } from '../../adapters/container-engine/find-engine.ts';
import { registryAnswers } from '../../adapters/images/registry/registry-answers.ts';
import { workloadImages } from '../../adapters/images/workload-images.ts';
import type { Check } from '../../adapters/machine/check.ts';
import { diskCheck, freeBytes } from '../../adapters/machine/disk-check.ts';
import { kernelChecks } from '../../adapters/machine/kernel-checks.ts';
import { memoryCheck } from '../../adapters/machine/memory-check.ts';
import { readKernelFiles } from '../../adapters/machine/read-kernel-files.ts';
import { engineCheck, imageChecks, kindCheck, nodeCheck } from '../../adapters/machine/tool-checks.ts';
import { findExecutable } from '../../adapters/process/find-executable.ts';
import { stateFolder } from '../../adapters/state-folder.ts';
import { interruptSignal } from '../interrupt.ts';

const registryLimitMs = 6_000;

/** `netproof doctor`: what this machine has and lacks. Exit code 0 when `netproof up` can work, 3 otherwise. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('show what this machine has and lacks, and the command that mends it')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      using interrupt = interruptSignal((line) => process.stderr.write(`${line}\n`));
      const checks = await examine(interrupt.signal);
      process.stdout.write(`${json === true ? JSON.stringify(checks, null, 2) : checks.map(checkText).join('\n')}\n`);
      process.exitCode = checks.some(({ level }) => level === 'lack') ? 3 : 0;
    });
}

async function examine(signal: AbortSignal): Promise<readonly Check[]> {
  const state = stateFolder();
  const [engine, kind, go, disk, kernel] = await Promise.all([
    findEngine(state),
    presentKind(state),
    findExecutable('go'),
    freeBytes(state.root),
    readKernelFiles(),
  ]);
  const alpine = workloadImages.alpine.registry;
  const [registry, memory] = engine.found
    ? await Promise.all([
        registryAnswers(engine.engine, alpine, { signal, limitMs: registryLimitMs }),
        availableMemory(engine.engine, signal),
      ])
    : [undefined, freemem()];
  return [
    nodeCheck(process.version, nodeFloor()),
    engineCheck(engine, await engineRemedy(engine.found ? undefined : engine.reason)),
    kindCheck(kind, go),
    memoryCheck(memory),
    diskCheck(disk, state.root),
    ...imageChecks(registry, go),
    ...(process.platform === 'linux' ? kernelChecks(kernel) : []),
  ];
}

function nodeFloor(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly engines: { readonly node: string } }).engines.node;
}

const colours = { ok: 'green', warn: 'yellow', lack: 'red' } as const;

function checkText({ name, level, found, remedy }: Check): string {
  const mark = styleText(colours[level], level.padEnd(4), { stream: process.stdout });
  return `${mark}  ${name.padEnd(12)}  ${found}${remedy === undefined ? '' : `\n${' '.repeat(20)}-> ${remedy}`}`;
}
