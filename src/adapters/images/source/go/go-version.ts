import type { WorkContext } from '../../../debian/install-packages.ts';
import { runBuildCommand } from '../steps/build-step.ts';

/**
 * Version of the Go in PATH, as `go1.26.0`. Where a module asks for a newer one, Go fetches that by itself: which one
 * follows from the module and this version. Rejects with `ClusterError`.
 */
export const installedGoVersion = async (context: WorkContext): Promise<string> => {
  const { stdout } = await runBuildCommand(context, 'go-version', ['go', 'env', 'GOVERSION'], {
    cwd: '/',
    title: 'ask Go for its version',
  });
  return stdout.trim();
};
