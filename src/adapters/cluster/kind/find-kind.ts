import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import { findExecutable } from '../../process/find-executable.ts';
import { installGoProgram } from '../../process/go-program.ts';
import type { StateFolder } from '../../state-folder.ts';

/** The version that is installed where there is none, and whose node image is pinned. */
export const kindVersion = 'v0.33.0';

const module = `sigs.k8s.io/kind@${kindVersion}`;

/** Path of kind in PATH, else where netproof installed it; `undefined` where it is in neither. */
export async function presentKind(state: StateFolder): Promise<string | undefined> {
  return (await findExecutable('kind')) ?? (await findExecutable('kind', state.bin));
}

/** The one command that gets kind on this machine. */
export function kindRemedy(goIsHere: boolean): string {
  if (goIsHere) return `go install ${module}`;
  if (process.platform === 'darwin') return 'brew install kind';
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return `curl -fLo /usr/local/bin/kind https://kind.sigs.k8s.io/dl/${kindVersion}/kind-linux-${arch} && chmod +x /usr/local/bin/kind`;
}

/** kind, installed with Go into the state folder where it is missing. Rejects with `ClusterError` `kind-missing`. */
export async function ensureKind(state: StateFolder, call: ProviderCall): Promise<string> {
  const present = await presentKind(state);
  if (present !== undefined) return present;
  const installed = await installGoProgram({ name: 'kind', package: module }, state, call);
  if (installed !== undefined) return installed;
  throw new ClusterError({
    code: 'kind-missing',
    message: 'kind is neither in PATH nor in the state folder, and there is no Go to install it with',
    hint: `Run: ${kindRemedy(false)}`,
  });
}
