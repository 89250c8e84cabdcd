import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import { findExecutable } from '../../process/find-executable.ts';
import { installGoProgram } from '../../process/go-program.ts';
import { runCommand } from '../../process/run-command.ts';
import type { StateFolder } from '../../state-folder.ts';

const helmPackage = 'helm.sh/helm/v4/cmd/helm@v4.3.1';
const renderMs = 60_000;

/** Path of Helm: in PATH, else in the state folder, where it is compiled to when it is missing. Rejects with `helm-missing`. */
export async function ensureHelm(state: StateFolder, call: ProviderCall): Promise<string> {
  const found = (await findExecutable('helm')) ?? (await findExecutable('helm', state.bin));
  const helm = found ?? (await installGoProgram({ name: 'helm', package: helmPackage }, state, call));
  if (helm !== undefined) return helm;
  throw new ClusterError({
    code: 'helm-missing',
    message: 'the plugin is published as a Helm chart; Helm is not in PATH, and there is no Go to install it with',
    hint: `Install Helm (https://helm.sh/docs/intro/install/), or Go, then: go install ${helmPackage}`,
  });
}

/** A chart to render. */
export interface Chart {
  /** Its archive, or its folder. */
  readonly file: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The objects of a chart as YAML, as Helm would install them, without asking a cluster. Rejects with `ClusterError`. */
export async function renderChart(
  helm: string,
  { file, namespace, values }: Chart,
  { signal }: Pick<ProviderCall, 'signal'>,
): Promise<string> {
  const given = Object.entries(values).map(([name, value]) => `--set-json=${name}=${JSON.stringify(value)}`);
  const args = ['template', 'netproof', file, '--namespace', namespace, '--include-crds', '--skip-tests', ...given];
  const { stdout } = await runCommand(helm, args, { title: `render ${file}`, timeoutMs: renderMs, signal });
  return stdout;
}
