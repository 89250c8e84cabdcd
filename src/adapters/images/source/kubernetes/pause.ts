import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';

const source = `#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void reap(int signal) { while (waitpid(-1, NULL, WNOHANG) > 0) {} }
static void leave(int signal) { exit(0); }

int main(void) {
  struct sigaction reaping = { .sa_handler = reap, .sa_flags = SA_NOCLDSTOP };
  sigaction(SIGCHLD, &reaping, NULL);
  signal(SIGTERM, leave);
  signal(SIGINT, leave);
  for (;;) pause();
}
`;

/** The program of the sandbox container: holds a pod's namespaces and collects orphans. */
export const pauseBinary = (context: WorkContext): FolderStep =>
  folderStep(context, {
    name: 'pause',
    title: 'build pause',
    inputs: [source, process.arch],
    async make(folder) {
      const file = join(folder, 'pause.c');
      await writeFile(file, source);
      await runBuildCommand(context, 'pause', ['gcc', '-Os', '-static', '-s', '-o', join(folder, 'pause'), file]);
    },
  });
