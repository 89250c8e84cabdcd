/**
 * What an exec runs in a pod of the alpine image: reads `NUMBER URL` lines and runs the article's literal command for
 * each, all at once. It says `ready`, then `S NUMBER` before a command starts and `E NUMBER CODE OUTPUT` when it ended,
 * with the output on one line. The double subshell hands each command over to the pod's first process, which reaps it.
 */
const SCRIPT = `
echo ready
while read -r number url; do
  (
    (
      echo "S $number"
      output=$(wget -qO- --timeout=2 "$url" 2>&1)
      code=$?
      printf 'E %s %s %s\\n' "$number" "$code" "$(printf %s "$output" | tr '\\r\\n' '  ' | cut -c1-2000)"
    ) </dev/null &
  )
done
`;

/** How long the literal command waits for a connection or an answer, in ms. */
export const WGET_TIMEOUT_MS = 2000;

/** Runs the script in a pod. */
export const shellCommand: readonly string[] = ['sh', '-c', SCRIPT];

/** What the script says. */
export type ShellLine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly number: number }
  | { readonly kind: 'ended'; readonly number: number; readonly code: number; readonly output: string };

/** Reads a line of the script. Throws a SyntaxError when it is none. */
export function parseShellLine(line: string): ShellLine {
  if (line === 'ready') return { kind: 'ready' };
  const [, letter, number, code = '', output = ''] = /^([SE]) (\d+)(?: (\d+) ?(.*))?$/.exec(line) ?? [];
  if (letter === 'S') return { kind: 'started', number: Number(number) };
  if (letter === 'E' && code !== '') return { kind: 'ended', number: Number(number), code: Number(code), output };
  throw new SyntaxError(`not a line of the shell: ${line.slice(0, 200)}`);
}
