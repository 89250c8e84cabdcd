import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const docker = `#!/bin/sh
echo "docker $*" >>"$FAKE/calls"
case "$1" in
  version) echo 28.0 ;;
  buildx) exit 1 ;;
  info) echo 68719476736 ;;
  ps) cat "$FAKE/containers" ;;
  inspect) while read -r id name state; do echo "/$name 2026-01-01T00:00:00Z"; done <"$FAKE/containers" ;;
  rm) : >"$FAKE/containers" ;;
  image) echo 'image@sha256:abc' ;;
  pull) echo 'tag: Pulling from image' ;;
  save) : >"$3" ;;
  exec) case "$*" in *import*) cat >/dev/null ;; esac ;;
esac
`;

/** Makes one container for each role in the configuration; obeys files named after what is to go wrong. */
const kind = `#!/bin/sh
echo "kind $*" >>"$FAKE/calls"
[ "$1" = create ] || exit 0
while [ $# -gt 0 ]; do
  case "$1" in
    --config) config=$2 ;;
    --kubeconfig) kubeconfig=$2 ;;
    --name) name=$2 ;;
  esac
  shift
done
: >"$FAKE/containers"
for number in $(seq "$(grep -c 'role:' "$config")"); do
  echo "$$-$number $name-node-$number running" >>"$FAKE/containers"
done
if [ -e "$FAKE/disk-is-full" ]; then echo 'ERROR: write /x: no space left on device' >&2; exit 1; fi
if [ -e "$FAKE/takes-long" ]; then echo ' * Preparing nodes'; exec sleep 60; fi
sed "s/\\"fake\\"/\\"kind-$name\\"/g" "$FAKE_KUBECONFIG" >"$kubeconfig"
`;

/** Programs called `docker` and `kind`, first in PATH while this lives, that keep the containers of one cluster. */
export interface FakeKind extends AsyncDisposable {
  /** For the state folder; removed with the rest. */
  readonly home: string;
  /** Command lines so far that begin with the text. */
  calls(start: string): Promise<readonly string[]>;
  /** Names of the containers that are there. */
  containers(): Promise<readonly string[]>;
  /** Lets creations fail or hang from now on, or no more. */
  let(trouble: 'disk-is-full' | 'takes-long', happens: boolean): Promise<void>;
}

/** @param kubeconfig of the API server that answers for every cluster, with the context `fake` */
export async function fakeKind(kubeconfig: string): Promise<FakeKind> {
  const home = await mkdtemp(join(tmpdir(), 'netproof-kind-'));
  for (const [name, script] of Object.entries({ docker, kind })) {
    await writeFile(join(home, name), script);
    await chmod(join(home, name), 0o755);
  }
  const files = { calls: join(home, 'calls'), containers: join(home, 'containers') };
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  const before = { PATH: process.env.PATH, FAKE: process.env.FAKE, FAKE_KUBECONFIG: process.env.FAKE_KUBECONFIG };
  Object.assign(process.env, { PATH: `${home}:${before.PATH}`, FAKE: home, FAKE_KUBECONFIG: kubeconfig });
  const lines = async (file: string) => (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return {
    home,
    calls: async (start) => (await lines(files.calls)).filter((line) => line.startsWith(start)),
    containers: async () => (await lines(files.containers)).map((line) => line.split(' ')[1] ?? ''),
    let: (trouble, happens) =>
      happens ? writeFile(join(home, trouble), '') : rm(join(home, trouble), { force: true }),
    async [Symbol.asyncDispose]() {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await rm(home, { recursive: true });
    },
  };
}
